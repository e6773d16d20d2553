import { componentRoleArn } from '../../../constructs/aws/aws-model';
import { aModel } from './model';

describe('awsModel', () => {
  it('tells names and ARNs as plain strings', () => {
    expect(aModel()).toMatchObject({
      region: 'ap-southeast-2',
      partition: 'aws',
      publisherRoleArn: 'arn:aws:iam::123456789012:role/rag-monitoring-alertmanager',
      cluster: {
        arn: 'arn:aws:eks:ap-southeast-2:123456789012:cluster/llmops-rag',
        identity: 'pod-identity',
      },
      arns: {
        alertTopic: 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-alerts',
        heartbeatTopic: 'arn:aws:sns:ap-southeast-2:123456789012:rag-monitoring-heartbeat',
        logGroup: 'arn:aws:logs:ap-southeast-2:123456789012:log-group:/aws/eks/llmops-rag',
      },
    });
  });

  it('ends each name in the suffix', () => {
    const model = aModel({ suffix: '-dev' });
    expect(model.topics.map(({ name }) => name)).toEqual([
      'rag-monitoring-alerts-dev',
      'rag-monitoring-heartbeat-dev',
    ]);
    expect(model.alarms.filter(({ name }) => !name.endsWith('-dev'))).toEqual([]);
    expect(componentRoleArn(model, 'grafana')).toBe(
      'arn:aws:iam::123456789012:role/rag-monitoring-grafana-dev',
    );
  });

  it('reports cost anomalies from 20 dollars on, and sets no budget of its own', () => {
    expect(aModel()).toMatchObject({ costAnomalyImpactDollars: 20 });
    expect(aModel().monthlyBudgetDollars).toBeUndefined();
    expect(aModel({}, { costAnomalyImpactDollars: 5, monthlyBudgetDollars: 300 })).toMatchObject({
      costAnomalyImpactDollars: 5,
      monthlyBudgetDollars: 300,
    });
  });

  it('has no heartbeat topic where Alertmanager does not publish', () => {
    const model = aModel({ alertmanagerPublishes: false });
    expect(model.topics.map(({ key }) => key)).toEqual(['alerts']);
    expect(model.publisherRoleArn).toBeUndefined();
  });

  it('leaves billing services out in AWS GovCloud (US), which has none', () => {
    const model = aModel({}, { region: 'us-gov-west-1' });
    expect(model.costAnomalyImpactDollars).toBeUndefined();
    expect(model.topics[0]?.senders).toEqual(['alarms', 'alertmanager']);
  });

  it('refuses a budget in AWS GovCloud (US)', () => {
    expect(() => aModel({}, { region: 'us-gov-west-1', monthlyBudgetDollars: 100 })).toThrow(
      'prod.aws.monthlyBudgetDollars: 100 in us-gov-west-1; allowed: nothing: accounts of AWS GovCloud (US) have neither Budgets nor Cost Anomaly Detection; mend: remove the field, and set the budget in the standard account that gets the bill',
    );
  });

  it('refuses an amount of nothing', () => {
    expect(() => aModel({}, { monthlyBudgetDollars: 0 })).toThrow(
      'prod.aws.monthlyBudgetDollars: 0; allowed: more than 0 US dollars; mend: write the amount, or remove the field',
    );
  });

  it('refuses a retention that CloudWatch does not know, and names the next', () => {
    expect(() => aModel({ logRetentionDays: 10 })).toThrow(
      'prod.logs.retentionDays: 10 days; allowed: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; mend: take 14',
    );
  });

  it('refuses to wait longer than a day for the cost metric', () => {
    expect(() => aModel({ costAbsentAfterHours: 25 })).toThrow(
      'prod: costAbsentAfterHours: 25; allowed: a whole number from 1 to 24; mend: take the longest stretch of hours without a query, and add one',
    );
  });
});
