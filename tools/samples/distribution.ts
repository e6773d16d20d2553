import type { Metric } from '../../content/metric-contract';
import { typicalMiddle } from './typical';
import type { Labels } from './world';

/** Buckets of a histogram and the share of observations at or below each. */
export interface Distribution {
  /** Upper bounds as Prometheus writes them, `+Inf` last. */
  readonly bounds: readonly string[];
  /** Shares that grow from bound to bound; the last is 1. */
  readonly shares: readonly number[];
  readonly mean: number;
}

/** Bounds by unit, as the client library of a service would have them set. */
const BOUNDS: Readonly<Record<string, readonly number[]>> = {
  seconds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 10, 30, 60],
  milliseconds: [5, 10, 25, 50, 100, 250, 500, 1000, 5000],
  dollars: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
  ratio: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  bytes: [1e3, 1e4, 1e5, 1e6, 1e7],
};

const COUNTS = [1, 2, 5, 10, 20, 50, 100, 1000, 10_000];

/** Middle value by unit. */
const MEDIANS: Readonly<Record<string, number>> = {
  seconds: 0.6,
  milliseconds: 40,
  dollars: 0.008,
  ratio: 0.82,
  bytes: 2e4,
};

/** A distribution that suits a histogram's unit; `wide` bends it, so that two series differ. */
export function distributionOf({ name, unit }: Metric, labels: Labels, wide: number): Distribution {
  const bounds = BOUNDS[unit] ?? COUNTS;
  const median =
    (typicalMiddle(name, labels) ?? MEDIANS[unit] ?? 6) * (unit === 'ratio' ? 1 : 0.7 + 0.6 * wide);
  const slope = unit === 'ratio' ? 8 : 3;
  // Log-logistic: like what latencies and costs look like, and cheap.
  const shares = bounds.map((bound) => 1 / (1 + (median / bound) ** slope));
  if (unit === 'ratio') shares[shares.length - 1] = 1;
  return {
    bounds: [...bounds.map(boundText), '+Inf'],
    shares: [...shares, 1],
    mean: unit === 'ratio' ? median : median * 1.2,
  };
}

/** Prometheus 3 stores whole bounds with a decimal: `2.0`. */
function boundText(bound: number): string {
  return Number.isInteger(bound) ? `${String(bound)}.0` : String(bound);
}
