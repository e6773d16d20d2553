import type { Logger } from 'pino';
import { boundedLabels } from '../metrics/bounded-labels';
import { MOST_DOMAINS } from '../metrics/label-values';
import { bounded } from '../metrics/metric-types';
import type { QueryCostOptions } from '../options';
import { embeddedMetric } from './embedded-metric';
import { putMetricData } from './put-metric-data';

/** Name of the metric; the stack's cost alarms read it without dimensions. */
export const QUERY_COST_METRIC = 'QueryCost';

/** Dimension by which it is published a second time. */
export const DOMAIN_DIMENSION = 'Domain';

/** Namespace of the metric in an account with one environment. */
export const DEFAULT_NAMESPACE = 'RAG/Application';

/** One query's cost, on its way to CloudWatch. */
export interface QueryCost {
  readonly dollars: number;
  readonly domain: string;
}

/** Publishes the cost of queries to CloudWatch. */
export interface QueryCostPublisher {
  /** Takes one query's cost; returns fields for the query's log line. */
  publish(cost: QueryCost): Readonly<Record<string, unknown>>;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** A publisher that publishes nothing. */
export const NO_QUERY_COST: QueryCostPublisher = {
  publish: () => ({}),
  close: () => Promise.resolve(),
};

/**
 * The publisher that the options ask for.
 *
 * @param domains those that are known: whatever comes in before them, they are published by name
 */
export function queryCostPublisher(
  options: QueryCostOptions,
  log: Logger,
  domains: readonly string[] = [],
): QueryCostPublisher {
  const within = boundedLabels({ domain: bounded(MOST_DOMAINS) });
  for (const domain of domains) within({ domain });
  const publisher = unbounded(options, log);
  return {
    publish: ({ dollars, domain }) =>
      publisher.publish({ dollars, domain: within({ domain })['domain'] ?? domain }),
    close: () => publisher.close(),
  };
}

function unbounded(options: QueryCostOptions, log: Logger): QueryCostPublisher {
  switch (options.kind) {
    case 'off':
      return NO_QUERY_COST;
    case 'emf':
      return {
        publish: (cost) => embeddedMetric(cost, options.namespace ?? DEFAULT_NAMESPACE, Date.now()),
        close: () => Promise.resolve(),
      };
    case 'put-metric-data':
      return putMetricData({ ...options, namespace: options.namespace ?? DEFAULT_NAMESPACE, log });
  }
}
