import { performance } from 'node:perf_hooks';

/** Starts a clock that the wall clock's corrections do not move; it answers the seconds since. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
