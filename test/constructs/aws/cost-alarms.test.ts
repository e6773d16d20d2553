import type { AlarmModel } from '../../../constructs/aws/alarm-model';
import { aModel } from './model';

const TOPIC = 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-alerts';

function alarm(name: string, alarms: readonly AlarmModel[] = aModel().alarms): AlarmModel {
  const found = alarms.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no alarm ${name}`);
  return found;
}

describe('cost alarms', () => {
  it('keep rag-cost-anomaly: mean QueryCost without dimensions over 300 s above the threshold, told by SNS', () => {
    expect(alarm('rag-cost-anomaly')).toMatchObject({
      kind: 'metric',
      metric: {
        namespace: 'RAG/Application',
        metricName: 'QueryCost',
        statistic: 'Average',
        periodSeconds: 300,
      },
      condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold: 0.05 },
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching',
      actions: [TOPIC],
    });
  });

  it('read no dimension at all, because CloudWatch does not add up over dimensions', () => {
    const dimensions = aModel()
      .alarms.filter((candidate) => candidate.kind === 'metric' && candidate.name.startsWith('rag-cost'))
      .map((candidate) => candidate.kind === 'metric' && candidate.metric.dimensions);
    expect(dimensions).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it("hold an hour's cost against an eighth of the day's budget", () => {
    expect(alarm('rag-cost-hourly-budget')).toMatchObject({
      metric: { statistic: 'Sum', periodSeconds: 3600 },
      condition: { comparison: 'GreaterThanThreshold', threshold: 1.25 },
    });
  });

  it('look for outliers by p99, in two of three periods', () => {
    expect(alarm('rag-cost-p99')).toMatchObject({
      metric: { statistic: 'p99', periodSeconds: 300 },
      condition: { threshold: 0.5 },
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
  });

  it('take silence as trouble only where silence is looked for', () => {
    expect(alarm('rag-cost-absent')).toMatchObject({
      metric: { statistic: 'SampleCount', periodSeconds: 3600 },
      condition: { comparison: 'LessThanThreshold', threshold: 1 },
      evaluationPeriods: 6,
      treatMissingData: 'breaching',
    });
    expect(alarm('rag-cost-unusual')).toMatchObject({
      condition: { kind: 'anomaly', standardDeviations: 3 },
      treatMissingData: 'notBreaching',
    });
  });

  it('speak through one composite, which is silent while rag-cost-anomaly rings', () => {
    const rest = ['rag-cost-hourly-budget', 'rag-cost-p99', 'rag-cost-unusual', 'rag-cost-absent'];
    expect(alarm('rag-cost')).toMatchObject({
      kind: 'composite',
      anyOf: rest,
      suppressor: { name: 'rag-cost-anomaly', waitSeconds: 300, extensionSeconds: 600 },
      actions: [TOPIC],
    });
    expect(rest.map((name) => alarm(name).actions)).toEqual([[], [], [], []]);
  });

  it('read the namespace and wait the hours that they are told', () => {
    const { alarms } = aModel({ metricNamespace: 'RAG/Dev', costAbsentAfterHours: 24 });
    expect(alarm('rag-cost-anomaly', alarms)).toMatchObject({ metric: { namespace: 'RAG/Dev' } });
    expect(alarm('rag-cost-absent', alarms)).toMatchObject({ evaluationPeriods: 24 });
  });
});

describe('alarms on the stack', () => {
  it('take a missing heartbeat of fifteen minutes as death', () => {
    expect(alarm('rag-monitoring-heartbeat')).toMatchObject({
      severity: 'critical',
      metric: {
        namespace: 'AWS/SNS',
        metricName: 'NumberOfMessagesPublished',
        dimensions: { TopicName: 'rag-monitoring-heartbeat' },
        statistic: 'Sum',
        periodSeconds: 300,
      },
      condition: { comparison: 'LessThanThreshold', threshold: 1 },
      evaluationPeriods: 3,
      treatMissingData: 'breaching',
      actions: [TOPIC],
    });
  });

  it('tell of messages that did not arrive', () => {
    expect(alarm('rag-monitoring-delivery-failed')).toMatchObject({
      metric: {
        metricName: 'NumberOfNotificationsFailed',
        dimensions: { TopicName: 'rag-monitoring-alerts' },
      },
      condition: { comparison: 'GreaterThanThreshold', threshold: 0 },
      treatMissingData: 'notBreaching',
    });
  });

  it('wait for no heartbeat where Alertmanager does not publish', () => {
    const names = aModel({ alertmanagerPublishes: false }).alarms.map(({ name }) => name);
    expect(names).not.toContain('rag-monitoring-heartbeat');
  });

  it('are copied to the topic of their severity where a subscriber filters', () => {
    const { alarms } = aModel(
      {},
      {
        subscriptions: [
          { protocol: 'email', endpoint: 'ops@example.com' },
          { protocol: 'email', endpoint: 'pager@example.com', severities: ['critical'] },
        ],
      },
    );
    const copy = 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-alarms-critical';
    expect(alarm('rag-monitoring-heartbeat', alarms).actions).toEqual([TOPIC, copy]);
    expect(alarm('rag-cost-anomaly', alarms).actions).toEqual([TOPIC]);
  });
});
