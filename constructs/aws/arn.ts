import type { AwsAccount } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';

/** A group of regions with accounts, ARNs and endpoints of its own. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** Where an ARN lies. */
export interface AwsPlace {
  readonly partition: Partition;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** Region of an account that names none. */
const DEFAULT_REGION = 'ap-southeast-2';

/** The region of an account. */
export function regionOf(account: Pick<AwsAccount, 'region'>): string {
  return account.region ?? DEFAULT_REGION;
}

/**
 * Place of an account and a region.
 *
 * @param where - field that holds the account, for the error
 * @throws ConfigError if the account id is not twelve digits or the region is not a region's name
 */
export function awsPlace(accountId: string, region: string, where: string): AwsPlace {
  if (!/^\d{12}$/.test(accountId)) {
    throw new ConfigError({
      where: `${where}.accountId`,
      found: `"${accountId}"`,
      allowed: 'an account id of twelve digits, as text',
      mend: 'look it up with `aws sts get-caller-identity`',
    });
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new ConfigError({
      where: `${where}.region`,
      found: `"${region}"`,
      allowed: 'the name of an AWS region',
      mend: 'write it as in "ap-southeast-2", without an availability zone\'s letter',
    });
  }
  return { partition: partitionOf(region), region, accountId };
}

/** Partition of a region (docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Domain of a partition's endpoints. */
export function dnsSuffix(partition: Partition): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** ARN of a resource in a region. */
export function regionalArn(place: AwsPlace, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** ARN of a resource that belongs to no region, such as a role. */
export function globalArn(place: AwsPlace, service: string, resource: string): string {
  return `arn:${place.partition}:${service}::${place.accountId}:${resource}`;
}

/** ARN of an SNS topic. */
export function topicArn(place: AwsPlace, name: string): string {
  return regionalArn(place, 'sns', name);
}

/** ARN of a CloudWatch alarm, metric or composite; `*` means each alarm of the account in the region. */
export function alarmArn(place: AwsPlace, name: string): string {
  return regionalArn(place, 'cloudwatch', `alarm:${name}`);
}

/** ARN of a log group, without the `:*` that stands for its streams. */
export function logGroupArn(place: AwsPlace, name: string): string {
  return regionalArn(place, 'logs', `log-group:${name}`);
}

/** ARN of an EKS cluster. */
export function clusterArn(place: AwsPlace, name: string): string {
  return regionalArn(place, 'eks', `cluster/${name}`);
}

/** ARN of an IAM role. */
export function roleArn(place: AwsPlace, name: string): string {
  return globalArn(place, 'iam', `role/${name}`);
}

/** The account itself as a principal: whoever its IAM policies allow. */
export function accountPrincipal(place: AwsPlace): string {
  return globalArn(place, 'iam', 'root');
}
