import type { AlarmMetric } from '../../constructs/aws/alarm-model';

/** What was published at one time: each value, or, as some APIs give it back, only their sum and number. */
export type Published =
  | { readonly at: number; readonly values: readonly number[] }
  | { readonly at: number; readonly sum: number; readonly count: number };

/** A metric's statistic over one period. */
export interface Datapoint {
  /** Start of the period, Unix time in milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** Sums up what was published over periods of the clock, as GetMetricStatistics does; a period without values has none. */
export function datapoints(
  { statistic, periodSeconds }: Pick<AlarmMetric, 'statistic' | 'periodSeconds'>,
  published: readonly Published[],
): Datapoint[] {
  const periods = new Map<number, Published[]>();
  for (const item of published) {
    const start = periodStart(item.at, periodSeconds);
    periods.set(start, [...(periods.get(start) ?? []), item]);
  }
  return [...periods]
    .filter(([, items]) => total(items).count > 0)
    .sort(([one], [other]) => one - other)
    .map(([at, items]) => ({ at, value: valueOf(statistic, items) }));
}

/** Start of the period of the clock that a time lies in. */
export function periodStart(at: number, periodSeconds: number): number {
  return Math.floor(at / (periodSeconds * 1000)) * periodSeconds * 1000;
}

function valueOf(statistic: AlarmMetric['statistic'], items: readonly Published[]): number {
  const { sum, count } = total(items);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'p99':
      return percentile(items, 0.99);
  }
}

function total(items: readonly Published[]): { readonly sum: number; readonly count: number } {
  const sums = items.map((item) =>
    'values' in item
      ? { sum: item.values.reduce((one, other) => one + other, 0), count: item.values.length }
      : item,
  );
  return {
    sum: sums.reduce((all, { sum }) => all + sum, 0),
    count: sums.reduce((all, { count }) => all + count, 0),
  };
}

/** The smallest value that so large a share of the values does not exceed. CloudWatch does not say how it reckons between two. */
function percentile(items: readonly Published[], share: number): number {
  const values = items.flatMap((item) => {
    if ('values' in item) return item.values;
    throw new Error(
      `a percentile needs each value; at ${new Date(item.at).toISOString()} there is only their sum`,
    );
  });
  return values.sort((one, other) => one - other)[Math.ceil(share * values.length) - 1] ?? NaN;
}
