import type { IamStatement } from '../kubernetes/component';
import { regionalArn } from './arn';
import type { AwsModel } from './aws-model';

/** What Alertmanager needs to publish to the encrypted topics. */
export function alertPublishing(model: AwsModel): IamStatement[] {
  const topics = [model.arns.alertTopic, model.arns.heartbeatTopic];
  return [
    { sid: 'PublishAlerts', actions: ['sns:Publish'], resources: topics },
    {
      sid: 'UseTopicKey',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      // The key's id is not known before it exists, so the key is named by its alias.
      resources: [regionalArn(model, 'kms', 'key/*')],
      conditions: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [model.names.keyAlias] },
        StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topics },
      },
    },
  ];
}

/** What a program needs to write to the log group that exists already. CloudWatch Logs itself uses the group's key. */
export function logWriting(model: AwsModel): IamStatement[] {
  return [
    {
      sid: 'WriteLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${model.arns.logGroup}:*`],
    },
  ];
}
