import type { AwsModel } from './aws-model';
import { alarmArn } from './arn';
import { QUERY_COST_METRIC } from './cost-alarms';
import { LOGGED_COST, LOGGED_ERRORS } from './log-contract';

/** A metric line of a widget: namespace, name, dimensions as pairs, options. */
type MetricLine = readonly (string | Readonly<Record<string, string>>)[];

/**
 * Body of the CloudWatch dashboard: what is seen from outside the cluster, for the day when Grafana is down
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
 */
export function dashboardBody(model: AwsModel): object {
  return {
    widgets: [
      {
        type: 'alarm',
        x: 0,
        y: 0,
        width: 24,
        height: 4,
        properties: { title: 'Alarms', alarms: model.alarms.map(({ name }) => alarmArn(model, name)) },
      },
      ...graphs(model).map(({ title, metrics }, index) => ({
        type: 'metric',
        x: (index % 2) * 12,
        y: 4 + Math.floor(index / 2) * 6,
        width: 12,
        height: 6,
        properties: { title, region: model.region, view: 'timeSeries', period: 300, metrics },
      })),
    ],
  };
}

function graphs(model: AwsModel): { title: string; metrics: MetricLine[] }[] {
  const { alertTopic, heartbeatTopic, logGroup, logMetricNamespace } = model.names;
  const cost = (stat: string, label: string) => [model.metricNamespace, QUERY_COST_METRIC, { stat, label }];
  const logged = (name: string) => [logMetricNamespace, name, { stat: 'Sum' }];
  const logs = (metric: string) => ['AWS/Logs', metric, 'LogGroupName', logGroup, { stat: 'Sum' }];
  const sns = (metric: string, topic: string) => [
    'AWS/SNS',
    metric,
    'TopicName',
    topic,
    { stat: 'Sum', label: `${metric} ${topic}` },
  ];
  const heartbeat =
    model.publisherRoleArn === undefined ? [] : [sns('NumberOfMessagesPublished', heartbeatTopic)];
  return [
    { title: 'Cost of a query, USD', metrics: [cost('Average', 'mean'), cost('p99', 'p99')] },
    { title: 'Cost in 5 minutes, USD', metrics: [cost('Sum', 'metric'), logged(LOGGED_COST.name)] },
    { title: 'Errors in the logs', metrics: [logged(LOGGED_ERRORS.name)] },
    { title: 'Log ingestion', metrics: [logs('IncomingBytes'), logs('IncomingLogEvents')] },
    {
      title: 'Messages',
      metrics: [
        sns('NumberOfMessagesPublished', alertTopic),
        sns('NumberOfNotificationsFailed', alertTopic),
        ...heartbeat,
      ],
    },
  ];
}
