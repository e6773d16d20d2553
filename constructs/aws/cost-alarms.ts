import type { Thresholds } from '../../environments/environment';
import type { AlarmMetric, AlarmModel, AlarmSeverity, MetricAlarmModel } from './alarm-model';
import type { AlarmNames } from './aws-names';

/** Metric of what a query cost in USD, one value a query. */
export const QUERY_COST_METRIC = 'QueryCost';

/** What {@link costAlarms} is told. */
export interface CostAlarmOptions {
  readonly names: AlarmNames;
  readonly thresholds: Pick<
    Thresholds,
    'costPerQueryDollars' | 'costPerQueryP99Dollars' | 'dailyBudgetDollars'
  >;
  /** Namespace that the application publishes to. */
  readonly metricNamespace: string;
  /** Hours without a single value after which the metric counts as lost. */
  readonly absentAfterHours: number;
  /** ARNs of the topics for a severity. */
  readonly actionsFor: (severity: AlarmSeverity) => readonly string[];
}

/**
 * Alarms on the cost of queries.
 *
 * `rag-cost-anomaly` is the first to speak. A mean alone is blind to volume (many cheap queries), to outliers (one dear
 * query among many), to a slow rise below its threshold, and to silence; so four more alarms look at these, without
 * actions of their own. The composite `rag-cost` speaks for the four, and only while `rag-cost-anomaly` does not ring:
 * one incident is told once. If it has used up too much of the day's budget, the end of the hour tells that as well.
 *
 * All read `QueryCost` without dimensions. CloudWatch does not add up over dimensions, so an application that publishes
 * by `Domain` must publish the value without dimensions as well.
 */
export function costAlarms(options: CostAlarmOptions): AlarmModel[] {
  const { names, actionsFor } = options;
  const silent = [hourlyBudget(options), outliers(options), unusual(options), absent(options)];
  return [
    costAnomaly(options),
    ...silent,
    {
      kind: 'composite',
      name: names.cost,
      description:
        'The cost of queries is out of bounds, or not measured any more. The message names the alarm that rings. ' +
        `Silent while ${names.costAnomaly} rings.`,
      severity: 'warning',
      anyOf: silent.map(({ name }) => name),
      // The wait is one period of rag-cost-anomaly, so that the same incident has time to reach it. The outliers' window
      // holds the end of an incident for one period longer than the mean does, and one more is for CloudWatch's delay.
      suppressor: { name: names.costAnomaly, waitSeconds: 300, extensionSeconds: 600 },
      actions: actionsFor('warning'),
    },
  ];
}

/** Mean cost of a query over five minutes. No query costs nothing, so silence is no alarm here. */
function costAnomaly(options: CostAlarmOptions): MetricAlarmModel {
  const threshold = options.thresholds.costPerQueryDollars;
  return {
    kind: 'metric',
    name: options.names.costAnomaly,
    description: `Alert when query cost exceeds threshold: mean cost of a query above $${String(threshold)} over 5 minutes.`,
    severity: 'warning',
    metric: queryCost(options, 'Average', 300),
    condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold },
    evaluationPeriods: 1,
    treatMissingData: 'notBreaching',
    actions: options.actionsFor('warning'),
  };
}

/**
 * Cost of an hour against the day's budget. The bound is an eighth of the day's budget: three times the even share, so
 * a day whose queries all fall into eight working hours stays quiet, and a faster pace is told while most of the
 * budget is left.
 */
function hourlyBudget(options: CostAlarmOptions): MetricAlarmModel {
  const { dailyBudgetDollars } = options.thresholds;
  return {
    ...quiet(options.names.costHourlyBudget),
    description: `Queries of the last hour cost more than an eighth of the day's budget of $${String(dailyBudgetDollars)}: it would be spent in less than eight hours.`,
    metric: queryCost(options, 'Sum', 3600),
    condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold: dailyBudgetDollars / 8 },
    evaluationPeriods: 1,
  };
}

/** Outliers, twice in a quarter of an hour: one odd query is no reason to look. */
function outliers(options: CostAlarmOptions): MetricAlarmModel {
  const threshold = options.thresholds.costPerQueryP99Dollars;
  return {
    ...quiet(options.names.costOutliers),
    description: `99th percentile of the cost of a query above $${String(threshold)} in 2 of 3 periods of 5 minutes.`,
    metric: queryCost(options, 'p99', 300),
    condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold },
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  };
}

/** A slow rise below the fixed threshold: the mean against what CloudWatch has learnt of it in two weeks. */
function unusual(options: CostAlarmOptions): MetricAlarmModel {
  return {
    ...quiet(options.names.costUnusual),
    description:
      'Mean cost of a query above the band of what is usual at this hour, in 3 of 4 periods of 15 minutes.',
    metric: queryCost(options, 'Average', 900),
    condition: { kind: 'anomaly', standardDeviations: 3 },
    evaluationPeriods: 4,
    datapointsToAlarm: 3,
  };
}

/**
 * The metric itself is gone: no value at all, so every other alarm here is blind. CloudWatch looks back two periods further
 * than it evaluates, and takes a missing value for one only where none of them has a value.
 */
function absent(options: CostAlarmOptions): MetricAlarmModel {
  const hours = options.absentAfterHours;
  return {
    ...quiet(options.names.costAbsent),
    description: `No ${QUERY_COST_METRIC} without dimensions in ${options.metricNamespace} for ${String(hours)} to ${String(hours + 2)} h: no query, or the metric is lost and cost is not watched.`,
    metric: queryCost(options, 'SampleCount', 3600),
    condition: { kind: 'threshold', comparison: 'LessThanThreshold', threshold: 1 },
    evaluationPeriods: hours,
    treatMissingData: 'breaching',
  };
}

/** What the alarms behind the composite share. */
function quiet(name: string) {
  return {
    kind: 'metric',
    name,
    severity: 'warning',
    treatMissingData: 'notBreaching',
    actions: [],
  } as const;
}

function queryCost(
  options: CostAlarmOptions,
  statistic: AlarmMetric['statistic'],
  periodSeconds: number,
): AlarmMetric {
  return {
    namespace: options.metricNamespace,
    metricName: QUERY_COST_METRIC,
    statistic,
    periodSeconds,
  };
}
