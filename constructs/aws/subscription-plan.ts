import type { Severity, TopicSubscription } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import type { AlarmSeverity } from './alarm-model';

/** Message attribute that Alertmanager sets on what it publishes, and that subscriptions filter by. */
export const SEVERITY_ATTRIBUTE = 'severity';

/** One SNS subscription. */
export interface SubscriptionModel {
  /** `alerts`, or the topic with copies of the alarms of one severity. */
  readonly topic: 'alerts' | AlarmSeverity;
  readonly protocol: TopicSubscription['protocol'];
  readonly endpoint: string;
  /** Message attribute to its allowed values. @default - every message */
  readonly filterPolicy?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The SNS subscriptions behind the subscribers that an environment names.
 *
 * Alertmanager's messages carry the attribute `severity`; messages of CloudWatch, Budgets and Cost Anomaly Detection
 * carry no attribute at all, and a filter by attribute drops those: even `{"exists": false}` matches only a message
 * with some other attribute (docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html). A filter on the body does
 * not help either, because Budgets and Alertmanager send plain text. So
 *
 * - a subscriber without severities has one subscription without a filter, and gets everything;
 * - a subscriber with severities has one with a filter, and beside it one to a topic for each of its severities that
 *   alarms have; an alarm publishes to the alert topic and to the topic of its severity;
 * - Budgets and Cost Anomaly Detection can name one topic only, so at least one subscriber must be without severities.
 *
 * @throws ConfigError if nobody is without severities, a list of severities is empty, somebody is named twice, or an
 *   endpoint does not fit its protocol
 */
export function subscriptionPlan(
  subscribers: readonly TopicSubscription[],
  where: string,
): SubscriptionModel[] {
  if (!subscribers.some(({ severities }) => severities === undefined)) {
    throw new ConfigError({
      where,
      found: 'no subscriber without severities',
      allowed: 'at least one: alarms, budgets and cost anomalies carry no severity, and a filter drops them',
      mend: 'leave out "severities" of one subscriber, or add one without it',
    });
  }
  const seen = new Set<string>();
  return subscribers.flatMap((subscriber, index) => {
    const place = `${where}[${String(index)}]`;
    checkEndpoint(subscriber, place);
    const key = `${subscriber.protocol} ${subscriber.endpoint}`;
    if (seen.has(key)) {
      throw new ConfigError({
        where: place,
        found: `${key} a second time`,
        allowed: 'each subscriber once: SNS has one subscription for an endpoint and topic',
        mend: 'put its severities into one entry',
      });
    }
    seen.add(key);
    return subscriptionsOf(subscriber, place);
  });
}

/** Severities that need a topic with copies of their alarms. */
export function copiedSeverities(plan: readonly SubscriptionModel[]): AlarmSeverity[] {
  return (['critical', 'warning'] as const).filter((severity) =>
    plan.some(({ topic }) => topic === severity),
  );
}

function subscriptionsOf(subscriber: TopicSubscription, where: string): SubscriptionModel[] {
  const { protocol, endpoint, severities } = subscriber;
  if (severities === undefined) return [{ topic: 'alerts', protocol, endpoint }];
  if (severities.length === 0) {
    throw new ConfigError({
      where: `${where}.severities`,
      found: 'an empty list',
      allowed: 'one or more of critical, warning, info; or no list',
      mend: 'leave the field out to deliver everything',
    });
  }
  const wanted = [...new Set(severities)].sort();
  return [
    { topic: 'alerts', protocol, endpoint, filterPolicy: { [SEVERITY_ATTRIBUTE]: wanted } },
    ...wanted.filter(isAlarmSeverity).map((topic) => ({ topic, protocol, endpoint })),
  ];
}

function isAlarmSeverity(severity: Severity): severity is AlarmSeverity {
  return severity !== 'info';
}

const ENDPOINTS = {
  email: { form: /^[^@\s]+@[^@\s]+$/, allowed: 'an e-mail address' },
  https: { form: /^https:\/\/[^\s/]+/, allowed: 'a URL that starts with https://' },
  sqs: { form: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:\S+$/, allowed: 'the ARN of an SQS queue' },
  lambda: {
    form: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:\S+$/,
    allowed: 'the ARN of a Lambda function',
  },
} as const satisfies Record<TopicSubscription['protocol'], { form: RegExp; allowed: string }>;

function checkEndpoint({ protocol, endpoint }: TopicSubscription, where: string): void {
  const { form, allowed } = ENDPOINTS[protocol];
  if (form.test(endpoint)) return;
  throw new ConfigError({
    where: `${where}.endpoint`,
    found: `"${endpoint}" for protocol ${protocol}`,
    allowed,
    mend: 'correct the endpoint or the protocol',
  });
}
