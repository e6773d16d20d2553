import { element, type AwsHere } from './aws-here';
import { modelOf, stackOf } from './rendered';

/** What SNS puts into a queue. */
export interface Notification {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

/** A topic of the stack with queues in the place of its subscribers. */
export interface TopicHere {
  readonly arn: string;
  /** Messages that each subscriber has been given, by its endpoint in the stack. */
  received(endpoint: string): Promise<readonly Notification[]>;
  /** Takes the messages that a subscriber has been given: who takes again gets those that came since. */
  take(endpoint: string): Promise<readonly Notification[]>;
  /** Gives the topic one more subscriber, without a filter. */
  subscribe(endpoint: string): Promise<void>;
}

/** Creates the topics of an environment's stack, each with its policy, and a queue for each subscription with its filter. */
export async function createTopics(
  aws: AwsHere,
  environment: string,
): Promise<Readonly<Record<string, TopicHere>>> {
  const stack = stackOf(environment);
  const topics = await Promise.all(
    Object.entries(stack['aws_sns_topic'] ?? {}).map(async ([id, { name }]) => {
      const ofTopic = (type: string, key: string) =>
        Object.values(stack[type] ?? {}).filter(
          (resource) => resource[key] === `\${aws_sns_topic.${id}.arn}`,
        );
      const arn = element(await aws.query('sns', 'CreateTopic', { Name: String(name) }), 'TopicArn');
      for (const { policy } of ofTopic('aws_sns_topic_policy', 'arn')) {
        await aws.query('sns', 'SetTopicAttributes', {
          TopicArn: arn,
          AttributeName: 'Policy',
          AttributeValue: String(policy),
        });
      }
      const queues = new Map<string, string>();
      const add = async (endpoint: string, subscription: Readonly<Record<string, unknown>>) => {
        queues.set(endpoint, await subscribe(aws, environment, arn, subscription));
      };
      for (const subscription of ofTopic('aws_sns_topic_subscription', 'topic_arn')) {
        await add(String(subscription['endpoint']), subscription);
      }
      return [
        String(name),
        {
          arn,
          received: async (endpoint: string) =>
            (await receive(aws, queues.get(endpoint))).map(({ notification }) => notification),
          take: (endpoint: string) => take(aws, queues.get(endpoint)),
          subscribe: (endpoint: string) => add(endpoint, {}),
        },
      ] as const;
    }),
  );
  return Object.fromEntries(topics);
}

let queueNumber = 0;

async function subscribe(
  aws: AwsHere,
  environment: string,
  topicArn: string,
  subscription: Readonly<Record<string, unknown>>,
): Promise<string> {
  const name = `subscriber-${String(queueNumber++)}`;
  const created = (await aws.json('sqs', 'CreateQueue', { QueueName: name })) as { QueueUrl: string };
  const { accountId = '', region = '' } = modelOf(environment).aws ?? {};
  const attributes = [
    ['FilterPolicyScope', subscription['filter_policy_scope']],
    ['FilterPolicy', subscription['filter_policy']],
  ].filter(([, value]) => typeof value === 'string');
  const parameters = attributes.flatMap(([key, value], index) => [
    [`Attributes.entry.${String(index + 1)}.key`, String(key)],
    [`Attributes.entry.${String(index + 1)}.value`, String(value)],
  ]);
  await aws.query('sns', 'Subscribe', {
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: `arn:aws:sqs:${region}:${accountId}:${name}`,
    ...(Object.fromEntries(parameters) as Record<string, string>),
  });
  return created.QueueUrl;
}

interface Received {
  readonly notification: Notification;
  /** By which the message is deleted. */
  readonly handle: string;
}

async function receive(aws: AwsHere, queueUrl: string | undefined): Promise<readonly Received[]> {
  const request = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
  const answer = (await aws.json('sqs', 'ReceiveMessage', request)) as {
    Messages?: readonly { Body: string; ReceiptHandle: string }[];
  };
  return (answer.Messages ?? []).map(({ Body, ReceiptHandle }) => ({
    notification: JSON.parse(Body) as Notification,
    handle: ReceiptHandle,
  }));
}

async function take(aws: AwsHere, queueUrl: string | undefined): Promise<readonly Notification[]> {
  const received = await receive(aws, queueUrl);
  for (const { handle } of received) {
    await aws.json('sqs', 'DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle: handle });
  }
  return received.map(({ notification }) => notification);
}
