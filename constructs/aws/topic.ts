import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import type { AwsModel, TopicModel } from './aws-model';
import { policyDocument } from './policy-document';
import type { SubscriptionModel } from './subscription-plan';
import { topicPolicy } from './topic-policy';

/** What a {@link Topic} is made of. */
export interface TopicProps {
  readonly model: AwsModel;
  readonly topic: TopicModel;
  /** ARN of the key. */
  readonly keyArn: string;
  /** Roles that the topic's policy names: SNS refuses a principal that does not exist. */
  readonly principals: readonly ITerraformDependable[];
}

/** An encrypted SNS topic with its policy and its subscriptions. */
export class Topic extends Construct {
  /** What waits until the topic can be published to. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { model, topic } = props;
    const resource = new SnsTopic(this, 'Resource', { name: topic.name, kmsMasterKeyId: props.keyArn });
    this.policy = new SnsTopicPolicy(this, 'Policy', {
      arn: resource.arn,
      policy: policyDocument(topicPolicy(model, topic)),
      dependsOn: [...props.principals],
    });
    const scopeOfAll = new Construct(this, 'Subscriptions');
    for (const subscription of model.subscriptions) {
      if (subscription.topic !== topic.key) continue;
      new SnsTopicSubscription(scopeOfAll, subscriptionId(subscription), {
        topicArn: resource.arn,
        protocol: subscription.protocol,
        endpoint: subscription.endpoint,
        filterPolicy: subscription.filterPolicy && JSON.stringify(subscription.filterPolicy),
        filterPolicyScope: subscription.filterPolicy && 'MessageAttributes',
      });
    }
  }
}

/** Follows the endpoint, so that adding or removing one subscriber changes no other's resource. */
function subscriptionId({ protocol, endpoint }: SubscriptionModel): string {
  return `${protocol}-${createHash('sha256').update(endpoint).digest('hex').slice(0, 8)}`;
}
