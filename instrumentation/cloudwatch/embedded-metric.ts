import { DOMAIN_DIMENSION, QUERY_COST_METRIC } from './query-cost';
import type { QueryCost } from './query-cost';

/**
 * Fields that make a log line carry `QueryCost` in CloudWatch's embedded metric format: once without dimensions, which
 * alarms read, and once by domain.
 *
 * @param milliseconds when the query ended, as Unix time in milliseconds
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetric(
  { dollars, domain }: QueryCost,
  namespace: string,
  milliseconds: number,
): Readonly<Record<string, unknown>> {
  return {
    _aws: {
      Timestamp: milliseconds,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [[], [DOMAIN_DIMENSION]],
          Metrics: [{ Name: QUERY_COST_METRIC, Unit: 'None' }],
        },
      ],
    },
    [QUERY_COST_METRIC]: dollars,
    [DOMAIN_DIMENSION]: domain,
  };
}
