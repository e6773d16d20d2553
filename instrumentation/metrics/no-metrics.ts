import type { MetricMaker } from './metric-maker';

const nothing = () => undefined;

/** Makes metrics that count nothing. */
export const NO_METRICS: MetricMaker = {
  counter: () => ({ inc: nothing }),
  gauge: () => ({ set: nothing, inc: nothing, follow: nothing }),
  histogram: () => ({ observe: nothing }),
};
