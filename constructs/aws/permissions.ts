import type { IamStatement } from '../kubernetes/component';
import type { AwsModel } from './aws-model';

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
