import { AwsMonitoring } from '../../../constructs/aws/aws-monitoring';
import type { AwsModel } from '../../../constructs/aws/aws-model';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf, synthResources } from '../../support/synth';
import { aModel } from './model';

function aSide(model: AwsModel = aModel()) {
  const stack = aStack();
  const alertmanager = aComponent({
    name: 'alertmanager',
    awsPermissions: [{ sid: 'Publish', actions: ['sns:Publish'], resources: [model.arns.alertTopic] }],
  });
  const aws = new AwsMonitoring(stack, 'Monitoring', { model, components: [alertmanager, aComponent()] });
  return { stack, aws };
}

describe('AwsMonitoring', () => {
  it('places one of each, and no budget or dashboard unless told', () => {
    const counts = Object.entries(synthResources(aSide().stack)).map(([type, all]) => [
      type,
      Object.keys(all).length,
    ]);
    expect(Object.fromEntries(counts)).toEqual({
      aws_ce_anomaly_monitor: 1,
      aws_ce_anomaly_subscription: 1,
      aws_cloudwatch_composite_alarm: 1,
      aws_cloudwatch_log_group: 1,
      aws_cloudwatch_log_metric_filter: 2,
      aws_cloudwatch_metric_alarm: 7,
      aws_eks_pod_identity_association: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_kms_alias: 1,
      aws_kms_key: 1,
      aws_sns_topic: 2,
      aws_sns_topic_policy: 2,
      aws_sns_topic_subscription: 1,
    });
  });

  it('turns the key, and gives thirty days to undo its deletion', () => {
    const { stack } = aSide();
    const [key] = resourcesOf(stack, 'aws_kms_key');
    const [alias] = resourcesOf(stack, 'aws_kms_alias');
    expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    expect(alias).toMatchObject({ name: 'alias/rag-monitoring' });
  });

  it("makes Alertmanager's role before the policies that name it", () => {
    const { stack } = aSide();
    const [role] = Object.keys(synthResources(stack).aws_iam_role ?? {});
    const waits = [...resourcesOf(stack, 'aws_kms_key'), ...resourcesOf(stack, 'aws_sns_topic_policy')];
    expect(waits.map(({ depends_on }) => depends_on)).toEqual(
      Array.from({ length: 3 }, () => [`aws_iam_role.${role ?? ''}`]),
    );
  });

  it('encrypts topics and logs with the key', () => {
    const { stack } = aSide();
    const [key] = Object.keys(synthResources(stack).aws_kms_key ?? {});
    const arn = `\${aws_kms_key.${key ?? ''}.arn}`;
    expect(resourcesOf(stack, 'aws_sns_topic').map((topic) => topic.kms_master_key_id)).toEqual([arn, arn]);
    expect(resourcesOf(stack, 'aws_cloudwatch_log_group')).toEqual([
      expect.objectContaining({ name: '/aws/eks/llmops-rag', retention_in_days: 30, kms_key_id: arn }),
    ]);
  });

  it('filters subscriptions by the message attribute', () => {
    const { stack } = aSide(
      aModel(
        {},
        {
          subscriptions: [
            { protocol: 'email', endpoint: 'ops@example.com' },
            { protocol: 'email', endpoint: 'pager@example.com', severities: ['critical'] },
          ],
        },
      ),
    );
    const pager = resourcesOf(stack, 'aws_sns_topic_subscription').filter(
      ({ endpoint }) => endpoint === 'pager@example.com',
    );
    expect(
      pager.map(({ filter_policy, filter_policy_scope }) => [filter_policy, filter_policy_scope]),
    ).toEqual([
      ['{"severity":["critical"]}', 'MessageAttributes'],
      [undefined, undefined],
    ]);
  });

  it('writes the alarm rag-cost-anomaly, which tells its end as well', () => {
    const { stack } = aSide();
    const alarm = resourcesOf(stack, 'aws_cloudwatch_metric_alarm').find(
      ({ alarm_name }) => alarm_name === 'rag-cost-anomaly',
    );
    const topic = 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-alerts';
    expect(alarm).toMatchObject({
      comparison_operator: 'GreaterThanThreshold',
      evaluation_periods: 1,
      metric_name: 'QueryCost',
      namespace: 'RAG/Application',
      period: 300,
      statistic: 'Average',
      threshold: 0.05,
      treat_missing_data: 'notBreaching',
      alarm_actions: [topic],
      ok_actions: [topic],
    });
    expect(alarm).not.toHaveProperty('dimensions');
  });

  it('writes percentile, band and composite in their own fields', () => {
    const { stack } = aSide();
    const alarms = new Map(
      resourcesOf(stack, 'aws_cloudwatch_metric_alarm').map((alarm) => [alarm.alarm_name, alarm]),
    );
    expect(alarms.get('rag-cost-p99')).toMatchObject({
      extended_statistic: 'p99',
      datapoints_to_alarm: 2,
      evaluate_low_sample_count_percentiles: 'evaluate',
    });
    expect(alarms.get('rag-cost-p99')).not.toHaveProperty('statistic');
    expect(alarms.get('rag-cost-unusual')).toMatchObject({
      comparison_operator: 'GreaterThanUpperThreshold',
      threshold_metric_id: 'band',
      metric_query: [
        {
          id: 'value',
          return_data: true,
          metric: { metric_name: 'QueryCost', period: 900, stat: 'Average' },
        },
        { id: 'band', return_data: true, expression: 'ANOMALY_DETECTION_BAND(value, 3)' },
      ],
    });
    expect(resourcesOf(stack, 'aws_cloudwatch_composite_alarm')).toEqual([
      expect.objectContaining({
        alarm_rule:
          'ALARM("rag-cost-hourly-budget") OR ALARM("rag-cost-p99") OR ALARM("rag-cost-unusual") OR ALARM("rag-cost-absent")',
        actions_suppressor: { alarm: 'rag-cost-anomaly', extension_period: 600, wait_period: 300 },
      }),
    ]);
  });

  it('makes the five alarms before the composite over them', () => {
    const [composite] = resourcesOf(aSide().stack, 'aws_cloudwatch_composite_alarm');
    expect(composite?.depends_on).toHaveLength(5);
  });

  it('counts errors and cost in the logs', () => {
    expect(resourcesOf(aSide().stack, 'aws_cloudwatch_log_metric_filter')).toMatchObject([
      {
        pattern: '{ $.cost_dollars >= 0 }',
        metric_transformation: {
          name: 'LoggedCostDollars',
          namespace: 'RAG/Logs',
          value: '$.cost_dollars',
          unit: 'None',
        },
      },
      {
        pattern: '{ ($.level = "error") || ($.level = "fatal") }',
        metric_transformation: {
          name: 'LoggedErrors',
          namespace: 'RAG/Logs',
          value: '1',
          default_value: '0',
          unit: 'Count',
        },
      },
    ]);
  });

  it('watches the bill by the tag Project: budget with forecast, anomalies at once', () => {
    const { stack } = aSide(aModel({}, { monthlyBudgetDollars: 300 }));
    const topic = 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-alerts';
    const [budget] = resourcesOf(stack, 'aws_budgets_budget');
    expect(budget).toMatchObject({
      name: 'rag-monitoring',
      limit_amount: '300',
      cost_filter: [{ name: 'TagKeyValue', values: ['user:Project$rag-monitoring'] }],
      notification: [
        { notification_type: 'FORECASTED', threshold: 100, subscriber_sns_topic_arns: [topic] },
        { notification_type: 'ACTUAL', threshold: 80, subscriber_sns_topic_arns: [topic] },
        { notification_type: 'ACTUAL', threshold: 100, subscriber_sns_topic_arns: [topic] },
      ],
    });
    expect(budget?.depends_on).toHaveLength(2);
    const [monitor] = resourcesOf(stack, 'aws_ce_anomaly_monitor');
    expect(monitor?.monitor_type).toBe('CUSTOM');
    expect(JSON.parse(String(monitor?.monitor_specification))).toMatchObject({
      Tags: { Key: 'Project', Values: ['rag-monitoring'] },
    });
    expect(resourcesOf(stack, 'aws_ce_anomaly_subscription')).toEqual([
      expect.objectContaining({
        frequency: 'IMMEDIATE',
        subscriber: [{ type: 'SNS', address: topic }],
        threshold_expression: {
          dimension: {
            key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
            match_options: ['GREATER_THAN_OR_EQUAL'],
            values: ['20'],
          },
        },
      }),
    ]);
  });

  it('draws the dashboard: each alarm, and metrics that somebody publishes', () => {
    const { stack } = aSide(aModel({}, { cloudWatchDashboard: true }));
    const [dashboard] = resourcesOf(stack, 'aws_cloudwatch_dashboard');
    const body = JSON.parse(String(dashboard?.dashboard_body)) as {
      widgets: { type: string; properties: { alarms?: string[]; metrics?: unknown[][] } }[];
    };
    expect(body.widgets.map(({ type }) => type)).toEqual(['alarm', ...Array<string>(5).fill('metric')]);
    expect(body.widgets[0]?.properties.alarms).toHaveLength(8);
    const metrics = body.widgets.flatMap(({ properties }) => properties.metrics ?? []);
    expect(metrics.map(([namespace, name]) => `${String(namespace)} ${String(name)}`)).toEqual([
      'RAG/Application QueryCost',
      'RAG/Application QueryCost',
      'RAG/Application QueryCost',
      'RAG/Logs LoggedCostDollars',
      'RAG/Logs LoggedErrors',
      'AWS/Logs IncomingBytes',
      'AWS/Logs IncomingLogEvents',
      'AWS/SNS NumberOfMessagesPublished',
      'AWS/SNS NumberOfNotificationsFailed',
      'AWS/SNS NumberOfMessagesPublished',
    ]);
  });

  it('annotates service accounts with IRSA only, and looks the provider up once', () => {
    const model = aModel({ cluster: { kind: 'eks', name: 'llmops-rag', identity: 'irsa' } });
    const { aws } = aSide(model);
    expect(Object.keys(aws.roleOf({ name: 'alertmanager' })?.serviceAccountAnnotations ?? {})).toEqual([
      'eks.amazonaws.com/role-arn',
    ]);
    expect(aws.roleOf({ name: 'example' })).toBeUndefined();
    expect(aSide().aws.roleOf({ name: 'alertmanager' })?.serviceAccountAnnotations).toEqual({});
  });

  it('refuses a publisher without a role, whom the policies would name in vain', () => {
    expect(
      () => new AwsMonitoring(aStack(), 'Monitoring', { model: aModel(), components: [aComponent()] }),
    ).toThrow(
      'test/Monitoring: no component with the role arn:aws:iam::123456789012:role/rag-monitoring-alertmanager; allowed: Alertmanager with awsPermissions, or a model in which it does not publish; mend: give Alertmanager its awsPermissions, or set receivers.sns to false',
    );
  });
});
