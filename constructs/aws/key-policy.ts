import { accountPrincipal } from './arn';
import type { AwsModel, Sender } from './aws-model';
import type { PolicyStatement } from './policy-document';
import { senderPrincipal } from './topic-policy';

/** What a publisher does with the key of an encrypted topic (docs.aws.amazon.com/sns/latest/dg/sns-key-management.html). */
const PUBLISHER_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * Who may use the key of the topics and the log group. In a key policy the resource `*` is the key itself.
 *
 * The account administers the key and may delegate its use by IAM, as in the policy that KMS gives a key by default:
 * without that statement a key can become unmanageable
 * (docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
 */
export function keyPolicy(model: AwsModel): PolicyStatement[] {
  const senders = [...new Set(model.topics.flatMap((topic) => topic.senders))];
  return [
    {
      sid: 'AdministeredByAccount',
      principal: { aws: accountPrincipal(model) },
      actions: ['kms:*'],
      resources: ['*'],
    },
    ...senders.flatMap((sender) => useByPublisher(model, sender)),
    {
      // docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      sid: 'UseByCloudWatchLogs',
      principal: { service: `logs.${model.region}.${model.dnsSuffix}` },
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': [model.arns.logGroup] } },
    },
  ];
}

/** A role is tied to the topics by SNS's encryption context; a service by the account, as in the topic's policy. */
function useByPublisher(model: AwsModel, sender: Sender): PolicyStatement[] {
  const who = senderPrincipal(model, sender);
  if (who === undefined) return [];
  const topics = model.topics.filter(({ senders }) => senders.includes(sender)).map(({ arn }) => arn);
  return [
    {
      sid: `Use${who.sid}`,
      principal: who.grant.principal,
      actions: PUBLISHER_ACTIONS,
      resources: ['*'],
      conditions: who.grant.conditions ?? {
        StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topics },
      },
    },
  ];
}
