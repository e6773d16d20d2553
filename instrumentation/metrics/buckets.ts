/**
 * Upper bounds of histograms. A quantile is exact only at a bound, so the limits that alerts and objectives compare with
 * (0.3, 0.5, 2, 3, 5, 8, 10 s; 0.01 to 0.5 dollars) are among them.
 */
export const BUCKETS = {
  /** Of a request, a query, a stage or a call, in seconds. */
  latency: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 10, 20, 30, 60],
  /** Of work behind a queue, in seconds. */
  work: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600],
  /** Of a session, in seconds. */
  session: [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400],
  dollars: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
  /** Of a score from 0 to 1. */
  ratio: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  documents: [0, 1, 2, 3, 4, 5, 8, 10, 15, 20, 50],
} as const;
