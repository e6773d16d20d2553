import { alarmArn, awsPlace, dnsSuffix, partitionOf, roleArn, topicArn } from '../../../constructs/aws/arn';

describe('ARNs', () => {
  it.each([
    ['ap-southeast-2', 'aws', 'amazonaws.com'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ])('puts %s into partition %s', (region, partition, suffix) => {
    expect(partitionOf(region)).toBe(partition);
    expect(dnsSuffix(partitionOf(region))).toBe(suffix);
  });

  it('writes partition, region and account, and no region for roles', () => {
    const place = awsPlace('123456789012', 'cn-north-1', 'prod.aws');
    expect(topicArn(place, 'a')).toBe('arn:aws-cn:sns:cn-north-1:123456789012:a');
    expect(alarmArn(place, '*')).toBe('arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:*');
    expect(roleArn(place, 'r')).toBe('arn:aws-cn:iam::123456789012:role/r');
  });

  it('refuses an account id that is not twelve digits', () => {
    expect(() => awsPlace('12345', 'eu-west-1', 'prod.aws')).toThrow(
      'prod.aws.accountId: "12345"; allowed: an account id of twelve digits, as text; mend: look it up with `aws sts get-caller-identity`',
    );
  });

  it('refuses an availability zone where a region is meant', () => {
    expect(() => awsPlace('123456789012', 'eu-west-1a', 'prod.aws')).toThrow(
      'prod.aws.region: "eu-west-1a"; allowed: the name of an AWS region; mend: write it as in "ap-southeast-2", without an availability zone\'s letter',
    );
  });
});
