import type { AwsAccount } from '../../../environments/environment';
import { awsModel, type AwsModel, type AwsModelOptions } from '../../../constructs/aws/aws-model';

/** An account with one subscriber of everything. */
export const ACCOUNT: AwsAccount = {
  accountId: '123456789012',
  subscriptions: [{ protocol: 'email', endpoint: 'ops@example.com' }],
};

/** Options of a production model. */
export const OPTIONS: AwsModelOptions = {
  account: ACCOUNT,
  cluster: { kind: 'eks', name: 'llmops-rag' },
  suffix: '',
  thresholds: { costPerQueryDollars: 0.05, costPerQueryP99Dollars: 0.5, dailyBudgetDollars: 10 },
  logRetentionDays: 30,
  where: 'prod',
};

/** A production model that differs in some options or fields of its account. */
export function aModel(options: Partial<AwsModelOptions> = {}, account: Partial<AwsAccount> = {}): AwsModel {
  return awsModel({ ...OPTIONS, ...options, account: { ...ACCOUNT, ...account } });
}
