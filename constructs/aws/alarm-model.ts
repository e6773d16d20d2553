/** How loud an alarm is. A message of CloudWatch carries no severity; it decides which topics get the alarm. */
export type AlarmSeverity = 'critical' | 'warning';

/** A metric and how it is summed up over one period. */
export interface AlarmMetric {
  readonly namespace: string;
  readonly metricName: string;
  /** Exact dimensions: CloudWatch never adds up over dimensions. @default {} */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: 'Average' | 'Sum' | 'SampleCount' | 'p99';
  readonly periodSeconds: number;
}

/** What the metric is compared with. */
export type AlarmCondition =
  | {
      readonly kind: 'threshold';
      readonly comparison: 'GreaterThanThreshold' | 'LessThanThreshold';
      readonly threshold: number;
    }
  /** Above what CloudWatch has learnt to expect, by this many standard deviations. */
  | { readonly kind: 'anomaly'; readonly standardDeviations: number };

/** A CloudWatch alarm on one metric. */
export interface MetricAlarmModel {
  readonly kind: 'metric';
  readonly name: string;
  readonly description: string;
  readonly severity: AlarmSeverity;
  readonly metric: AlarmMetric;
  readonly condition: AlarmCondition;
  /** Periods that are looked at. */
  readonly evaluationPeriods: number;
  /** How many of them must be beyond the threshold. @default - all */
  readonly datapointsToAlarm?: number;
  readonly treatMissingData: 'breaching' | 'notBreaching';
  /** ARNs of the topics that are told, of trouble and of its end. */
  readonly actions: readonly string[];
}

/** An alarm over other alarms. */
export interface CompositeAlarmModel {
  readonly kind: 'composite';
  readonly name: string;
  readonly description: string;
  readonly severity: AlarmSeverity;
  /** Names of the alarms; it is in alarm while one of them is. */
  readonly anyOf: readonly string[];
  /** While this alarm rings, this one is silent. */
  readonly suppressor: {
    readonly name: string;
    /** How long it waits for the suppressor before it speaks. */
    readonly waitSeconds: number;
    /** How long it stays silent after the suppressor's end. */
    readonly extensionSeconds: number;
  };
  /** ARNs of the topics that are told, of trouble and of its end. */
  readonly actions: readonly string[];
}

/** Any CloudWatch alarm of the stack. */
export type AlarmModel = MetricAlarmModel | CompositeAlarmModel;
