import type { Metric } from '../../content/metric-contract';
import { distributionOf } from './distribution';
import { levelOf, rateOf } from './levels';
import { hashOf, randomNumbers } from './random';
import type { Labels } from './world';

/** One series in storage: name, labels and its values at each time. */
export interface StoredSeries {
  readonly name: string;
  readonly labels: Labels;
  readonly values: Float64Array;
}

const DAY = 86_400;

/** Quantiles that summaries tell. */
const QUANTILES = ['0.5', '0.9', '0.99'];

/**
 * The series that one label set of a metric has in storage. Counters grow and never fall, buckets hold what is in the
 * smaller ones, gauges keep to the metric's range. The same arguments give the same values.
 *
 * @param times seconds since the epoch, growing
 */
export function storedSeries(metric: Metric, labels: Labels, times: Float64Array): readonly StoredSeries[] {
  const random = randomNumbers(hashOf(`${metric.name} ${JSON.stringify(labels)}`));
  const { name } = metric;
  switch (metric.type) {
    case 'counter':
      return [{ name, labels, values: growing(rateOf(metric, labels), times, random, 1) }];
    case 'histogram':
      return histogram(metric, labels, times, random);
    case 'summary':
      return [
        ...QUANTILES.map((quantile, index) => ({
          name,
          labels: { ...labels, quantile },
          values: times.map(() => 0.01 * (index + 1) * (0.9 + 0.2 * random())),
        })),
        { name: `${name}_sum`, labels, values: growing(0.01, times, random, 0.02) },
        { name: `${name}_count`, labels, values: growing(0.5, times, random, 1) },
      ];
    default:
      return [{ name, labels, values: gauge(metric, labels, times, random) }];
  }
}

/** Traffic of the day: from half of the mean at night to one and a half in the afternoon. */
function dayShare(time: number): number {
  return 1 + 0.5 * Math.sin(((time % DAY) / DAY) * 2 * Math.PI - Math.PI / 2);
}

/** @param rate growth a second */
function growing(rate: number, times: Float64Array, random: () => number, start: number): Float64Array {
  let value = start * Math.round(random() * 1000);
  let before = times[0] ?? 0;
  return times.map((time) => {
    value += rate * (time - before) * dayShare(time) * (0.8 + 0.4 * random());
    before = time;
    return rounded(value);
  });
}

function histogram(
  metric: Metric,
  labels: Labels,
  times: Float64Array,
  random: () => number,
): readonly StoredSeries[] {
  const { bounds, shares, mean } = distributionOf(metric, labels, random());
  const count = growing(rateOf(metric, labels), times, random, 1).map(Math.floor);
  const { name } = metric;
  return [
    ...bounds.map((le, index) => ({
      name: `${name}_bucket`,
      labels: { ...labels, le },
      values: count.map((value) => Math.floor(value * (shares[index] ?? 1))),
    })),
    { name: `${name}_sum`, labels, values: count.map((value) => rounded(value * mean)) },
    { name: `${name}_count`, labels, values: count },
  ];
}

function gauge(metric: Metric, labels: Labels, times: Float64Array, random: () => number): Float64Array {
  const { mean, moves, renewedEvery } = levelOf(metric, labels, times[times.length - 1] ?? 0);
  if (renewedEvery !== undefined) return times.map((time) => Math.floor(time / renewedEvery) * renewedEvery);
  const [least, most] = metric.range ?? [-Infinity, 'inf'];
  return times.map((time) => {
    const value = moves ? mean * (0.9 + 0.1 * dayShare(time)) * (0.95 + 0.1 * random()) : mean;
    return rounded(Math.min(Math.max(value, least), most === 'inf' ? Infinity : most));
  });
}

/** Nine digits are enough, and their text is short. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
