import type { AlarmModel, AlarmSeverity } from './alarm-model';
import type { AwsNames } from './aws-names';

/** What {@link stackAlarms} is told. */
export interface StackAlarmOptions {
  readonly names: AwsNames;
  /** Whether Alertmanager sends the Watchdog to the heartbeat topic. */
  readonly heartbeat: boolean;
  /** ARNs of the topics for a severity. */
  readonly actionsFor: (severity: AlarmSeverity) => readonly string[];
}

/**
 * Alarms on the monitoring itself, from outside the cluster.
 *
 * Alertmanager publishes the ever-firing Watchdog to the heartbeat topic. Prometheus, Alertmanager, the cluster and the
 * way to SNS are all in that one signal, so its absence is the alarm that they are dead; missing data counts as such.
 * Alertmanager has to repeat the Watchdog at least every five minutes.
 */
export function stackAlarms(options: StackAlarmOptions): AlarmModel[] {
  const { names, actionsFor } = options;
  const alarms: AlarmModel[] = [];
  if (options.heartbeat) {
    alarms.push({
      kind: 'metric',
      name: names.alarms.heartbeat,
      description:
        'No heartbeat for 15 to 30 minutes: Prometheus, Alertmanager, the cluster or the way to SNS is down, and no alert gets out.',
      severity: 'critical',
      metric: snsMetric('NumberOfMessagesPublished', names.heartbeatTopic),
      condition: { kind: 'threshold', comparison: 'LessThanThreshold', threshold: 1 },
      evaluationPeriods: 3,
      treatMissingData: 'breaching',
      actions: actionsFor('critical'),
    });
  }
  alarms.push({
    kind: 'metric',
    name: names.alarms.deliveryFailed,
    description: `A subscriber of ${names.alertTopic} did not get a message; the topic's metrics name the protocol.`,
    severity: 'critical',
    metric: snsMetric('NumberOfNotificationsFailed', names.alertTopic),
    condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold: 0 },
    evaluationPeriods: 1,
    // SNS publishes the metric only when there is a failure.
    treatMissingData: 'notBreaching',
    actions: actionsFor('critical'),
  });
  return alarms;
}

/** Metrics of a topic come every five minutes (docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html). */
function snsMetric(metricName: string, topicName: string) {
  return {
    namespace: 'AWS/SNS',
    metricName,
    dimensions: { TopicName: topicName },
    statistic: 'Sum',
    periodSeconds: 300,
  } as const;
}
