import { CloudwatchCompositeAlarm } from '@cdktf/provider-aws/lib/cloudwatch-composite-alarm';
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { AlarmModel, CompositeAlarmModel, MetricAlarmModel } from './alarm-model';

/** What {@link Alarms} are made of. */
export interface AlarmsProps {
  readonly alarms: readonly AlarmModel[];
}

/** The CloudWatch alarms. An alarm that ends is told as well. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const metric = new Map<string, CloudwatchMetricAlarm>();
    for (const alarm of props.alarms) {
      if (alarm.kind === 'metric') {
        metric.set(alarm.name, new CloudwatchMetricAlarm(this, alarm.name, metricAlarm(alarm)));
      }
    }
    for (const alarm of props.alarms) {
      if (alarm.kind === 'composite') this.addComposite(alarm, metric);
    }
  }

  private addComposite(alarm: CompositeAlarmModel, metric: ReadonlyMap<string, CloudwatchMetricAlarm>): void {
    const { suppressor } = alarm;
    new CloudwatchCompositeAlarm(this, alarm.name, {
      alarmName: alarm.name,
      alarmDescription: alarm.description,
      alarmRule: alarm.anyOf.map((name) => `ALARM("${name}")`).join(' OR '),
      actionsSuppressor: {
        alarm: suppressor.name,
        waitPeriod: suppressor.waitSeconds,
        extensionPeriod: suppressor.extensionSeconds,
      },
      alarmActions: [...alarm.actions],
      okActions: [...alarm.actions],
      // CloudWatch refuses a rule over an alarm that does not exist yet.
      dependsOn: [...alarm.anyOf, suppressor.name].flatMap((name) => metric.get(name) ?? []),
    });
  }
}

function metricAlarm(alarm: MetricAlarmModel): CloudwatchMetricAlarmConfig {
  return {
    alarmName: alarm.name,
    alarmDescription: alarm.description,
    ...(alarm.condition.kind === 'threshold'
      ? thresholdAlarm(alarm, alarm.condition)
      : anomalyAlarm(alarm, alarm.condition)),
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    treatMissingData: alarm.treatMissingData,
    // A percentile of few values is still the outlier that is looked for.
    evaluateLowSampleCountPercentiles: alarm.metric.statistic === 'p99' ? 'evaluate' : undefined,
    alarmActions: [...alarm.actions],
    okActions: [...alarm.actions],
  };
}

function thresholdAlarm(
  { metric }: MetricAlarmModel,
  condition: Extract<MetricAlarmModel['condition'], { kind: 'threshold' }>,
) {
  return {
    comparisonOperator: condition.comparison,
    threshold: condition.threshold,
    namespace: metric.namespace,
    metricName: metric.metricName,
    dimensions: metric.dimensions && { ...metric.dimensions },
    period: metric.periodSeconds,
    ...(metric.statistic === 'p99'
      ? { extendedStatistic: metric.statistic }
      : { statistic: metric.statistic }),
  };
}

/** docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html */
function anomalyAlarm(
  { metric }: MetricAlarmModel,
  condition: Extract<MetricAlarmModel['condition'], { kind: 'anomaly' }>,
) {
  return {
    comparisonOperator: 'GreaterThanUpperThreshold',
    thresholdMetricId: 'band',
    metricQuery: [
      {
        id: 'value',
        returnData: true,
        metric: {
          namespace: metric.namespace,
          metricName: metric.metricName,
          dimensions: metric.dimensions && { ...metric.dimensions },
          period: metric.periodSeconds,
          stat: metric.statistic,
        },
      },
      {
        id: 'band',
        expression: `ANOMALY_DETECTION_BAND(value, ${String(condition.standardDeviations)})`,
        label: 'Expected',
        returnData: true,
      },
    ],
  };
}
