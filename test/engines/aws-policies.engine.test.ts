import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { element, startAws, type AwsHere } from '../support/aws-here';
import { describeWithEngines } from '../support/engines';
import { AWS_ENVIRONMENTS, modelOf, stackOf } from '../support/rendered';

jest.setTimeout(60_000);

/** A statement of a policy document as AWS gets it. */
interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Actions on all resources although AWS could limit them, and why. */
const UNLIMITED: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms': 'shows composite alarms only to whom it is allowed for all alarms',
  'cloudwatch:DescribeAlarmHistory': 'shows composite alarms only to whom it is allowed for all alarms',
  'logs:GetQueryResults': 'names a query by its id; the query itself is limited to the log group',
};

const bodies = (environment: string, type: string) => Object.values(stackOf(environment)[type] ?? {});
const listOf = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);

/** Statements of all role policies of an environment. */
function permissions(environment: string): readonly Statement[] {
  return bodies(environment, 'aws_iam_role_policy').flatMap(
    ({ policy }) => (JSON.parse(String(policy)) as { Statement: readonly Statement[] }).Statement,
  );
}

describeWithEngines(['moto_server'], 'the policies, in AWS as moto plays it', ({ moto_server: moto }) => {
  let aws: AwsHere;

  beforeAll(async () => {
    const { accountId = '', region = '' } = modelOf('prod').aws ?? {};
    aws = await startAws(moto, { accountId, region });
  });

  afterAll(async () => {
    await aws.stop();
  });

  it.each(AWS_ENVIRONMENTS)('are taken for every role: %s', async (environment) => {
    const roles = stackOf(environment)['aws_iam_role'] ?? {};
    const policies = bodies(environment, 'aws_iam_role_policy');
    for (const [id, { name, assume_role_policy: trust }] of Object.entries(roles)) {
      await aws.query('iam', 'CreateRole', {
        RoleName: String(name),
        AssumeRolePolicyDocument: String(trust),
      });
      const own = policies.filter(({ role }) => role === `\${aws_iam_role.${id}.name}`);
      expect(own).toHaveLength(1);
      for (const { name: policyName, policy } of own) {
        const names = { RoleName: String(name), PolicyName: String(policyName) };
        await aws.query('iam', 'PutRolePolicy', { ...names, PolicyDocument: String(policy) });
        const kept = element(await aws.query('iam', 'GetRolePolicy', names), 'PolicyDocument');
        expect(JSON.parse(decodeURIComponent(kept))).toEqual(JSON.parse(String(policy)));
      }
    }
    expect(policies).toHaveLength(Object.keys(roles).length);
  });

  it('are refused there when they are malformed', async () => {
    const broken = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sns', Resource: '*' }] };
    await aws.query('iam', 'CreateRole', { RoleName: 'broken', AssumeRolePolicyDocument: '{}' });

    await expect(
      aws.query('iam', 'PutRolePolicy', {
        RoleName: 'broken',
        PolicyName: 'broken',
        PolicyDocument: JSON.stringify(broken),
      }),
    ).rejects.toThrow('MalformedPolicyDocument');
  });

  it.each(AWS_ENVIRONMENTS)('are taken for the key and the topics: %s', async (environment) => {
    const [{ policy: keyPolicy } = {}] = bodies(environment, 'aws_kms_key');
    const { KeyMetadata } = (await aws.json('kms', 'CreateKey', { Policy: keyPolicy })) as {
      KeyMetadata: { KeyId: string };
    };
    await aws.json('kms', 'GenerateDataKey', { KeyId: KeyMetadata.KeyId, KeySpec: 'AES_256' });

    const topics = Object.entries(stackOf(environment)['aws_sns_topic'] ?? {});
    expect(topics.length).toBeGreaterThan(0);
    for (const [id, { name }] of topics) {
      const created = await aws.query('sns', 'CreateTopic', {
        Name: String(name),
        'Attributes.entry.1.key': 'KmsMasterKeyId',
        'Attributes.entry.1.value': KeyMetadata.KeyId,
      });
      const TopicArn = element(created, 'TopicArn');
      const own = bodies(environment, 'aws_sns_topic_policy').filter(
        ({ arn }) => arn === `\${aws_sns_topic.${id}.arn}`,
      );
      expect(own).toHaveLength(1);
      await aws.query('sns', 'SetTopicAttributes', {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: String(own[0]?.['policy']),
      });
      expect(String(own[0]?.['policy'])).toContain(`"Resource":"${TopicArn}"`);
    }
  });
});

describeWithEngines(['moto_server', 'checkov'], 'the policies, held against what AWS knows', (engines) => {
  const beside = (engine: string, name: string) => join(dirname(realpathSync(engine)), name);

  /** cfn-lint comes with moto, and knows grammar, actions and condition operators of all three kinds of policies. */
  const lint = (resources: object) => {
    const folder = mkdtempSync(join(tmpdir(), 'policies-'));
    const file = join(folder, 'template.json');
    writeFileSync(file, JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources }));
    const command = beside(engines.moto_server, 'cfn-lint');
    const { status, stdout, stderr } = spawnSync(command, ['--regions', 'ap-southeast-2', '--', file], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    return { status, output: stdout + stderr };
  };

  it.each(AWS_ENVIRONMENTS)('are free of faults: %s', (environment) => {
    const resources = policyResources(environment);

    expect(Object.keys(resources).length).toBeGreaterThan(10);
    expect(lint(resources)).toEqual({ status: 0, output: '' });
  });

  it('are not free of faults with an action that AWS does not have', () => {
    const text = JSON.stringify(policyResources('prod')).replace('sns:Publish', 'sns:Publsh');

    expect(lint(JSON.parse(text) as object).output).toContain("'publsh' is not one of");
  });

  it.each(AWS_ENVIRONMENTS)('allow actions on resources of their kind only: %s', (environment) => {
    const statements = permissions(environment);
    const kinds = resourceKinds(
      beside(engines.checkov, 'python'),
      statements.flatMap(({ Action }) => listOf(Action)),
    );
    const wrong = statements.flatMap(({ Action, Resource }) =>
      listOf(Action)
        .map((action) => [action, verdict(action, kinds[action] ?? undefined, listOf(Resource))])
        .filter(([, found]) => found !== 'fits'),
    );

    expect(wrong).toEqual([]);
  });
});

/** The documents as CloudFormation resources: the form that cfn-lint reads. */
function policyResources(environment: string): Readonly<Record<string, object>> {
  const resources = (type: string, make: (body: Readonly<Record<string, unknown>>) => object) =>
    Object.entries(stackOf(environment)[type] ?? {}).map(([id, body]) => [
      `${type}${id}`.replaceAll(/[^A-Za-z0-9]/g, ''),
      make(body),
    ]);
  const document = (text: unknown) => JSON.parse(String(text)) as object;
  return Object.fromEntries([
    ...resources('aws_iam_role', ({ assume_role_policy: trust }) => ({
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: document(trust) },
    })),
    ...resources('aws_iam_role_policy', ({ name, policy }) => ({
      Type: 'AWS::IAM::RolePolicy',
      Properties: { PolicyName: name, RoleName: 'role', PolicyDocument: document(policy) },
    })),
    ...resources('aws_sns_topic_policy', ({ policy }) => ({
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: ['arn:aws:sns:ap-southeast-2:111122223333:topic'],
        PolicyDocument: document(policy),
      },
    })),
    ...resources('aws_kms_key', ({ policy }) => ({
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: document(policy) },
    })),
  ]) as Readonly<Record<string, object>>;
}

/** For each action the ARN formats that a policy may name for it. */
function resourceKinds(python: string, actions: readonly string[]) {
  const output = execFileSync(python, [join(__dirname, 'iam-actions.py')], {
    input: JSON.stringify([...new Set(actions)]),
    encoding: 'utf8',
  });
  return JSON.parse(output) as Readonly<Record<string, readonly string[] | null>>;
}

function verdict(action: string, kinds: readonly string[] | undefined, resources: readonly string[]): string {
  if (kinds === undefined) return 'is no action of AWS';
  const unlimited = resources.includes('*');
  if (unlimited)
    return kinds.includes('*') || action in UNLIMITED ? 'fits' : `could name ${kinds.join(', ')}`;
  if (action in UNLIMITED) return 'is limited, so that its exception can go';
  // A statement with several actions may name resources of several kinds: one must be of this action's.
  const fits = resources.some((resource) => kinds.some((kind) => overlap(resource, kind)));
  return fits ? 'fits' : `wants ${kinds.join(', ')}`;
}

/** Whether some ARN is meant by a policy's resource and is of a kind such as `arn:${Partition}:sns:...:${TopicName}`. */
function overlap(resource: string, kind: string): boolean {
  return globsOverlap(resource, kind.replaceAll(/\$\{\w+\}/g, '*'));
}

/** Whether two patterns, in which `*` stands for any text, have a text in common. */
function globsOverlap(one: string, other: string): boolean {
  if (one === '' || other === '') return /^\**$/.test(one + other);
  if (one.startsWith('*')) return globsOverlap(one.slice(1), other) || globsOverlap(one, other.slice(1));
  if (other.startsWith('*')) return globsOverlap(other, one);
  return one[0] === other[0] && globsOverlap(one.slice(1), other.slice(1));
}
