import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { DOMAIN_DIMENSION, QUERY_COST_METRIC } from './query-cost';
import type { QueryCost } from './query-cost';

/** A query's cost and the minute in which it ended. */
export interface TimedCost extends QueryCost {
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** Most different values of one datum (PutMetricData's own limit). */
const VALUES_OF_DATUM = 150;

/** Data of one call, of the 1000 allowed: with all their values they stay below the limit of 1 MB a call. */
const DATA_OF_CALL = 50;

const MINUTE = 60_000;

/**
 * Costs as PutMetricData takes them, in calls: for each minute one datum without dimensions and one a domain, equal
 * values counted together, so that percentiles stay exact.
 */
export function metricBatches(costs: readonly TimedCost[]): MetricDatum[][] {
  const groups = new Map<
    string,
    { readonly minute: number; readonly domain?: string; readonly counts: Map<number, number> }
  >();
  for (const { at, dollars, domain } of costs) {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    for (const dimension of [undefined, domain]) {
      const key = JSON.stringify([minute, dimension]);
      const group = groups.get(key) ?? { minute, domain: dimension, counts: new Map<number, number>() };
      groups.set(key, group);
      group.counts.set(dollars, (group.counts.get(dollars) ?? 0) + 1);
    }
  }
  const data = [...groups.values()].flatMap(({ minute, domain, counts }) =>
    chunks([...counts], VALUES_OF_DATUM).map((part): MetricDatum => ({
      MetricName: QUERY_COST_METRIC,
      ...(domain === undefined ? {} : { Dimensions: [{ Name: DOMAIN_DIMENSION, Value: domain }] }),
      Timestamp: new Date(minute),
      Values: part.map(([value]) => value),
      Counts: part.map(([, count]) => count),
      Unit: 'None',
    })),
  );
  return chunks(data, DATA_OF_CALL);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
