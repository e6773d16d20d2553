import { alarmArn, globalArn } from './arn';
import type { AwsModel, Sender, TopicModel } from './aws-model';
import type { PolicyStatement } from './policy-document';

/**
 * Who may publish to a topic: each sender by name, each AWS service only on behalf of this account
 * (docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html), and nobody without TLS.
 */
export function topicPolicy(model: AwsModel, topic: TopicModel): PolicyStatement[] {
  return [
    ...topic.senders.flatMap((sender) => publish(model, sender, topic.arn)),
    {
      sid: 'DenyWithoutTls',
      effect: 'Deny',
      principal: '*',
      actions: ['sns:Publish', 'sns:Subscribe'],
      resources: [topic.arn],
      conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
    },
  ];
}

function publish(model: AwsModel, sender: Sender, topicArn: string): PolicyStatement[] {
  const who = senderPrincipal(model, sender);
  if (who === undefined) return [];
  return [{ sid: `Publish${who.sid}`, ...who.grant, actions: ['sns:Publish'], resources: [topicArn] }];
}

/** A sender as a principal with the conditions that tie it to this account. */
export function senderPrincipal(
  model: AwsModel,
  sender: Sender,
):
  | { sid: string; grant: Required<Pick<PolicyStatement, 'principal'>> & Pick<PolicyStatement, 'conditions'> }
  | undefined {
  const sameAccount = { StringEquals: { 'aws:SourceAccount': [model.accountId] } };
  switch (sender) {
    case 'alarms': {
      return {
        sid: 'ByAlarms',
        grant: {
          principal: { service: 'cloudwatch.amazonaws.com' },
          conditions: { ...sameAccount, ArnLike: { 'aws:SourceArn': [alarmArn(model, '*')] } },
        },
      };
    }
    case 'budgets': {
      // docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
      return {
        sid: 'ByBudgets',
        grant: {
          principal: { service: 'budgets.amazonaws.com' },
          conditions: { ...sameAccount, ArnLike: { 'aws:SourceArn': [globalArn(model, 'budgets', '*')] } },
        },
      };
    }
    case 'cost-anomaly': {
      // docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
      return {
        sid: 'ByCostAnomalyDetection',
        grant: { principal: { service: 'costalerts.amazonaws.com' }, conditions: sameAccount },
      };
    }
    case 'alertmanager': {
      const role = model.publisherRoleArn;
      return role === undefined ? undefined : { sid: 'ByAlertmanager', grant: { principal: { aws: role } } };
    }
  }
}
