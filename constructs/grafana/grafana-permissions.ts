import type { IamStatement } from '../kubernetes/component';
import type { GrafanaAws } from './grafana-datasources';

/**
 * What the CloudWatch and X-Ray data sources read
 * (grafana.com/docs/grafana/latest/datasources/aws-cloudwatch/configure,
 * grafana.com/docs/plugins/grafana-x-ray-datasource/latest/configure), without what only EC2 and RDS boards need.
 *
 * Metrics, the list of log groups and traces belong to no resource that a policy could name
 * (docs.aws.amazon.com/service-authorization/latest/reference), a query's results are named by its id, and composite
 * alarms are listed only for whom all alarms are allowed (CloudWatch API, DescribeAlarms). Log events belong to their
 * group, and are limited to the one.
 */
export function grafanaPermissions({ logGroup }: GrafanaAws): IamStatement[] {
  return [
    {
      sid: 'ReadMetricsAndAlarms',
      actions: [
        'cloudwatch:DescribeAlarmHistory',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:DescribeAlarmsForMetric',
        'cloudwatch:GetMetricData',
        'cloudwatch:ListMetrics',
        'ec2:DescribeRegions',
      ],
      resources: ['*'],
    },
    {
      sid: 'ListLogGroupsAndReadQueryResults',
      actions: ['logs:DescribeLogGroups', 'logs:GetQueryResults', 'logs:StopQuery'],
      resources: ['*'],
    },
    {
      sid: 'QueryTheLogGroup',
      actions: ['logs:GetLogEvents', 'logs:GetLogGroupFields', 'logs:StartQuery'],
      resources: [logGroup.arn, `${logGroup.arn}:*`],
    },
    {
      sid: 'ReadTraces',
      actions: [
        'xray:BatchGetTraces',
        'xray:GetGroups',
        'xray:GetInsight',
        'xray:GetInsightSummaries',
        'xray:GetServiceGraph',
        'xray:GetTimeSeriesServiceStatistics',
        'xray:GetTraceGraph',
        'xray:GetTraceSummaries',
      ],
      resources: ['*'],
    },
  ];
}
