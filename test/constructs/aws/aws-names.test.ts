import { awsNames, roleName, type AwsNames } from '../../../constructs/aws/aws-names';

const prod = awsNames({ suffix: '', clusterName: 'llmops-rag', where: 'prod' });
const dev = awsNames({ suffix: '-dev', clusterName: 'llmops-rag', where: 'dev' });

describe('awsNames', () => {
  it('keeps the plain names without a suffix', () => {
    expect(prod).toMatchObject({
      alertTopic: 'rag-monitoring-alerts',
      heartbeatTopic: 'rag-monitoring-heartbeat',
      keyAlias: 'alias/rag-monitoring',
      logGroup: '/aws/eks/llmops-rag',
    });
    expect(prod.alarms.costAnomaly).toBe('rag-cost-anomaly');
  });

  it('gives two environments of one cluster no name in common', () => {
    const all = (names: AwsNames): string[] =>
      Object.values(names).flatMap((value: unknown) =>
        typeof value === 'string' ? [value] : Object.values(value as Record<string, string>),
      );

    expect(all(prod).filter((name) => all(dev).includes(name))).toEqual([]);
  });

  it("does not repeat a suffix that the cluster's name has already", () => {
    expect(dev.logGroup).toBe('/aws/eks/llmops-rag-dev');
    expect(awsNames({ suffix: '-dev', clusterName: 'llmops-rag-dev', where: 'dev' }).logGroup).toBe(
      '/aws/eks/llmops-rag-dev',
    );
  });

  it("names roles after components, and the CloudWatch agent's as it has always been called", () => {
    expect(roleName('fluent-bit', '-dev', 'dev')).toBe('rag-monitoring-fluent-bit-dev');
    expect(roleName('cloudwatch-agent', '', 'prod')).toBe('EKS-CloudWatch-Role');
  });

  it('refuses a role name that is longer than IAM allows', () => {
    expect(() => roleName('x'.repeat(50), '', 'prod')).toThrow(
      `prod: the name of the role, "rag-monitoring-${'x'.repeat(50)}", has 65 characters; allowed: at most 64; mend: shorten the environment's name or the cluster's`,
    );
  });

  it('refuses characters that a service does not take', () => {
    expect(() => awsNames({ suffix: '.dev', clusterName: 'c', where: 'dev' })).toThrow(
      'dev: the name of the topic, "rag-monitoring-alerts.dev"; allowed: letters, digits, - and _; mend: take the other characters out of the environment\'s name or the cluster\'s',
    );
  });
});
