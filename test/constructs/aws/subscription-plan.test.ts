import { copiedSeverities, subscriptionPlan } from '../../../constructs/aws/subscription-plan';

const EVERYTHING = { protocol: 'email', endpoint: 'ops@example.com' } as const;

describe('subscriptionPlan', () => {
  it('gives a subscriber without severities one subscription without a filter', () => {
    expect(subscriptionPlan([EVERYTHING], 'prod')).toEqual([{ topic: 'alerts', ...EVERYTHING }]);
  });

  it('filters by severity, and subscribes to the alarms of these severities, which carry no attribute', () => {
    const pager = { protocol: 'https', endpoint: 'https://pager.example.com/sns' } as const;
    const plan = subscriptionPlan([EVERYTHING, { ...pager, severities: ['critical', 'info'] }], 'prod');
    expect(plan.slice(1)).toEqual([
      { topic: 'alerts', ...pager, filterPolicy: { severity: ['critical', 'info'] } },
      { topic: 'critical', ...pager },
    ]);
    expect(copiedSeverities(plan)).toEqual(['critical']);
  });

  it('refuses subscribers of whom each would miss alarms, budgets and cost anomalies', () => {
    expect(() =>
      subscriptionPlan([{ ...EVERYTHING, severities: ['critical'] }], 'prod.aws.subscriptions'),
    ).toThrow(
      'prod.aws.subscriptions: no subscriber without severities; allowed: at least one: alarms, budgets and cost anomalies carry no severity, and a filter drops them; mend: leave out "severities" of one subscriber, or add one without it',
    );
  });

  it('refuses an empty list of severities', () => {
    expect(() =>
      subscriptionPlan([EVERYTHING, { protocol: 'email', endpoint: 'b@example.com', severities: [] }], 's'),
    ).toThrow(
      's[1].severities: an empty list; allowed: one or more of critical, warning, info; or no list; mend: leave the field out to deliver everything',
    );
  });

  it('refuses the same subscriber twice', () => {
    expect(() => subscriptionPlan([EVERYTHING, EVERYTHING], 's')).toThrow(
      's[1]: email ops@example.com a second time; allowed: each subscriber once: SNS has one subscription for an endpoint and topic; mend: put its severities into one entry',
    );
  });

  it.each([
    ['email', 'nobody', 'an e-mail address'],
    ['https', 'http://example.com', 'a URL that starts with https://'],
    ['sqs', 'https://sqs.example.com/q', 'the ARN of an SQS queue'],
    ['lambda', 'arn:aws:sqs:eu-west-1:123456789012:q', 'the ARN of a Lambda function'],
  ] as const)('refuses an endpoint that does not fit %s', (protocol, endpoint, allowed) => {
    expect(() => subscriptionPlan([{ protocol, endpoint }], 's')).toThrow(
      `s[0].endpoint: "${endpoint}" for protocol ${protocol}; allowed: ${allowed}; mend: correct the endpoint or the protocol`,
    );
  });

  it.each([
    ['sqs', 'arn:aws-cn:sqs:cn-north-1:123456789012:alerts'],
    ['lambda', 'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:page'],
  ] as const)('takes ARNs of other partitions for %s', (protocol, endpoint) => {
    expect(subscriptionPlan([{ protocol, endpoint }], 's')).toHaveLength(1);
  });
});
