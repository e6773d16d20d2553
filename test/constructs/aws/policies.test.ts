import { keyPolicy } from '../../../constructs/aws/key-policy';
import { logWriting } from '../../../constructs/aws/permissions';
import { policyDocument, type PolicyStatement } from '../../../constructs/aws/policy-document';
import { topicPolicy } from '../../../constructs/aws/topic-policy';
import type { AwsModel } from '../../../constructs/aws/aws-model';
import { aModel } from './model';

const ALERTS = 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-alerts';
const HEARTBEAT = 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-heartbeat';
const ROLE = 'arn:aws:iam::123456789012:role/rag-monitoring-alertmanager';
const THIS_ACCOUNT = { 'aws:SourceAccount': ['123456789012'] };
const ANY_ALARM = { 'aws:SourceArn': ['arn:aws:cloudwatch:ap-southeast-2:123456789012:alarm:*'] };
const ANY_BUDGET = { 'aws:SourceArn': ['arn:aws:budgets::123456789012:*'] };

function topic(key: string, model: AwsModel = aModel()): PolicyStatement[] {
  const found = model.topics.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no topic ${key}`);
  return topicPolicy(model, found);
}

describe('policy of the alert topic', () => {
  it('names each sender and ties it to this account', () => {
    expect(topic('alerts').slice(0, 4)).toEqual([
      {
        sid: 'PublishByAlarms',
        principal: { service: 'cloudwatch.amazonaws.com' },
        actions: ['sns:Publish'],
        resources: [ALERTS],
        conditions: { StringEquals: THIS_ACCOUNT, ArnLike: ANY_ALARM },
      },
      {
        sid: 'PublishByBudgets',
        principal: { service: 'budgets.amazonaws.com' },
        actions: ['sns:Publish'],
        resources: [ALERTS],
        conditions: { StringEquals: THIS_ACCOUNT, ArnLike: ANY_BUDGET },
      },
      {
        sid: 'PublishByCostAnomalyDetection',
        principal: { service: 'costalerts.amazonaws.com' },
        actions: ['sns:Publish'],
        resources: [ALERTS],
        conditions: { StringEquals: THIS_ACCOUNT },
      },
      {
        sid: 'PublishByAlertmanager',
        principal: { aws: ROLE },
        actions: ['sns:Publish'],
        resources: [ALERTS],
      },
    ]);
  });

  it('denies everybody who comes without TLS', () => {
    expect(topic('alerts')[4]).toEqual({
      sid: 'DenyWithoutTls',
      effect: 'Deny',
      principal: '*',
      actions: ['sns:Publish', 'sns:Subscribe'],
      resources: [ALERTS],
      conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
    });
  });

  it('lets nobody but Alertmanager publish the heartbeat', () => {
    const allowed = topic('heartbeat').filter(({ effect }) => effect !== 'Deny');
    expect(allowed.map(({ principal, resources }) => ({ principal, resources }))).toEqual([
      { principal: { aws: ROLE }, resources: [HEARTBEAT] },
    ]);
  });

  it('writes the ARNs of other partitions', () => {
    const text = policyDocument(topic('alerts', aModel({}, { region: 'cn-north-1' })));
    expect(text).toContain('arn:aws-cn:budgets::123456789012:*');
    expect(text).not.toContain('arn:aws:');
  });
});

describe('policy of the key', () => {
  const statements = new Map(keyPolicy(aModel()).map((statement) => [statement.sid, statement]));

  it('is administered by the account', () => {
    expect(statements.get('AdministeredByAccount')).toMatchObject({
      principal: { aws: 'arn:aws:iam::123456789012:root' },
      actions: ['kms:*'],
    });
  });

  it.each([
    [
      'UseByAlarms',
      { service: 'cloudwatch.amazonaws.com' },
      { StringEquals: THIS_ACCOUNT, ArnLike: ANY_ALARM },
    ],
    [
      'UseByBudgets',
      { service: 'budgets.amazonaws.com' },
      { StringEquals: THIS_ACCOUNT, ArnLike: ANY_BUDGET },
    ],
    ['UseByCostAnomalyDetection', { service: 'costalerts.amazonaws.com' }, { StringEquals: THIS_ACCOUNT }],
    [
      'UseByAlertmanager',
      { aws: ROLE },
      { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': [ALERTS, HEARTBEAT] } },
    ],
  ])('lets a publisher encrypt its messages: %s', (sid, principal, conditions) => {
    expect(statements.get(sid)).toMatchObject({
      principal,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      conditions,
    });
  });

  it('lets CloudWatch Logs use it for the one log group', () => {
    const logs = statements.get('UseByCloudWatchLogs');
    expect(logs?.principal).toEqual({ service: 'logs.ap-southeast-2.amazonaws.com' });
    expect(logs?.conditions).toEqual({
      ArnEquals: {
        'kms:EncryptionContext:aws:logs:arn': [
          'arn:aws:logs:ap-southeast-2:123456789012:log-group:/aws/eks/llmops-rag',
        ],
      },
    });
  });

  it("calls CloudWatch Logs by the partition's domain in China", () => {
    const logs = keyPolicy(aModel({}, { region: 'cn-north-1' })).find(
      ({ sid }) => sid === 'UseByCloudWatchLogs',
    );
    expect(logs?.principal).toEqual({ service: 'logs.cn-north-1.amazonaws.com.cn' });
  });

  it("has no wildcard but the account's own, and no principal without a condition but the account", () => {
    const others = [...statements.values()].filter(({ sid }) => sid !== 'AdministeredByAccount');
    expect(others.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    expect(others.filter(({ conditions }) => conditions === undefined)).toEqual([]);
  });

  it('lets no sender in that publishes to no topic', () => {
    const sids = keyPolicy(aModel({ alertmanagerPublishes: false }, { region: 'us-gov-west-1' })).map(
      ({ sid }) => sid,
    );
    expect(sids).toEqual(['AdministeredByAccount', 'UseByAlarms', 'UseByCloudWatchLogs']);
  });
});

describe('permissions of programs', () => {
  it('let a log shipper write to the streams of the one group', () => {
    expect(logWriting(aModel())).toEqual([
      {
        sid: 'WriteLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: ['arn:aws:logs:ap-southeast-2:123456789012:log-group:/aws/eks/llmops-rag:*'],
      },
    ]);
  });
});

describe('policyDocument', () => {
  it('writes single values plainly, as AWS gives them back, but keeps the list of a set operator', () => {
    const document: unknown = JSON.parse(
      policyDocument([
        {
          sid: 'One',
          actions: ['sns:Publish'],
          resources: ['a', 'b'],
          conditions: { StringEquals: { k: ['v'] }, 'ForAnyValue:StringEquals': { k: ['v'] } },
        },
      ]),
    );
    expect(document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'One',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Resource: ['a', 'b'],
          Condition: { StringEquals: { k: 'v' }, 'ForAnyValue:StringEquals': { k: ['v'] } },
        },
      ],
    });
  });
});
