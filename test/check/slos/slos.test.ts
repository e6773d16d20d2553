import { checkContent } from '../../../check/check-content';
import type { ContentFacts } from '../../../check/facts';
import type { Finding } from '../../../check/finding';
import { alert, contentOf, contract, facts, ruleGroup } from '../../support/content';

const withBucket = contract.replace(
  /(name: rag_query_duration_seconds,.*?)range/,
  (_, before: string) => `${before}buckets: [2], range`,
);

const good: Readonly<Record<string, string>> = {
  name: 'requests',
  title: 'Requests are answered',
  description: 'Share of requests with an answer.',
  kind: 'availability',
  team: 'rag',
  service: 'rag-api',
  objective: '0.99',
  window: '30d',
  sli: `{ bad: 'rag_requests_total{status="error"}', total: rag_requests_total }`,
  minimumBadEvents: '5',
  problem: 'Requests fail',
};

function check(
  changes: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
  more: Partial<ContentFacts> = {},
): Finding[] {
  const text = Object.entries({ ...good, ...changes })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
  return checkContent(
    contentOf({ 'metrics/rag-api.yaml': withBucket, 'slos/requests.yaml': text, ...files }),
    { ...facts, ...more },
  );
}

function checkSli(sli: string): string[] {
  return check({ sli }).map(({ message }) => message);
}

describe('slos', () => {
  it('passes a good file, and one on a histogram', () => {
    expect(check()).toEqual([]);
    expect(
      checkSli(
        `{ good: 'rag_query_duration_seconds_bucket{le="2.0"}', total: rag_query_duration_seconds_count }`,
      ),
    ).toEqual([]);
  });

  it('refuses a field that nobody reads, at the field', () => {
    expect(check({ objektive: '0.9' })).toMatchObject([
      { rule: 'slos/schema', file: 'slos/requests.yaml', line: 12, hint: 'did you mean "objective"?' },
    ]);
  });

  it.each([
    ['an objective without a budget', { objective: '1' }, 'objective: an objective of 1 has no error budget'],
    ['another window', { window: '7d' }, 'window: invalid input: expected "30d"'],
    [
      'a kind that nobody knows',
      { kind: 'speed' },
      'kind: invalid option: expected one of "availability"|"latency"|"cost"|"quality"',
    ],
    ['a name with capitals', { name: 'Requests' }, 'name: lower case words with dashes are expected'],
  ])('refuses %s', (_title, changes, message) => {
    expect(check(changes as Record<string, string>)[0]).toMatchObject({ rule: 'slos/schema', message });
  });

  it("refuses a name that is not the file's", () => {
    expect(check({ name: 'answers' })).toMatchObject([
      {
        rule: 'slos/name',
        line: 1,
        message: 'the SLO is called "answers", its file requests.yaml',
        hint: 'write name: requests',
      },
    ]);
  });

  it('tells of an alert that could never fire, and from which objective on it could', () => {
    expect(check({ objective: '0.9' })).toMatchObject([
      {
        rule: 'slos/dead-tier',
        severity: 'warning',
        line: 7,
        message:
          '14.4 times the error budget of 0.1 is 1.44, and a share is at most 1: there is no critical alert over 1h and 5m',
        hint: 'an objective above 0.930555555556 has it; else leave it at the slower ones',
      },
    ]);
    expect(check({ objective: '0.9', kind: 'quality' })).toEqual([]);
  });

  it('refuses an environment that forgets sooner than SLOs look back', () => {
    expect(check({}, {}, { retentionDays: { prod: 30, local: 7 } })).toMatchObject([
      {
        rule: 'slos/retention',
        file: 'environments/local.ts',
        severity: 'error',
        message: 'local keeps samples for 7 days; SLOs look back 30 days',
      },
    ]);
  });
});

describe('indicators of SLOs', () => {
  it.each([
    [
      'an unknown metric',
      '{ bad: rag_request_errors, total: rag_requests_total }',
      'no producer of the contract exposes "rag_request_errors" and no rule records it',
    ],
    [
      'an unknown label',
      `{ bad: 'rag_requests_total{code="500"}', total: rag_requests_total }`,
      '"rag_requests_total" has no label "code"; it has endpoint, instance, job, namespace, pod, status',
    ],
    [
      'an expression',
      '{ bad: "rate(rag_requests_total[5m])", total: rag_requests_total }',
      '"rate(rag_requests_total[5m])" is no plain selector of one metric',
    ],
    [
      'a gauge',
      '{ bad: rag_active_requests, total: rag_requests_total }',
      '"rag_active_requests" counts no events: it is no counter',
    ],
    [
      'everything as bad',
      '{ bad: rag_requests_total, total: rag_requests_total }',
      'the bad events are all events',
    ],
    [
      'bad events that are no part of all',
      `{ bad: 'rag_requests_total{status="500"}', total: 'rag_requests_total{endpoint="/query"}' }`,
      'all events are those with endpoint="/query", and the bad ones are not',
    ],
    [
      'no bound',
      '{ good: rag_query_duration_seconds_bucket, total: rag_query_duration_seconds_count }',
      '"rag_query_duration_seconds_bucket" without le="..." counts each value once for each bucket',
    ],
    [
      'a bound that the service need not have',
      `{ good: 'rag_query_duration_seconds_bucket{le="3.0"}', total: rag_query_duration_seconds_count }`,
      'the contract does not ask for a bucket of "rag_query_duration_seconds" at 3.0',
    ],
    [
      'a bound as Prometheus does not store it',
      `{ good: 'rag_query_duration_seconds_bucket{le="2"}', total: rag_query_duration_seconds_count }`,
      'Prometheus writes the bound 2 as le="2.0"',
    ],
  ])('refuse %s', (_title, sli, message) => {
    expect(checkSli(sli)).toContain(message);
  });

  it('say where an expression is broken', () => {
    expect(check({ sli: `{ bad: 'rag_requests_total{', total: rag_requests_total }` })[0]).toMatchObject({
      rule: 'slos/indicator',
      file: 'slos/requests.yaml',
      line: 9,
    });
  });

  it('may be of two metrics, which is told', () => {
    expect(check({ sli: '{ bad: rag_errors_total, total: rag_requests_total }' })).toMatchObject([
      {
        rule: 'slos/indicator',
        severity: 'warning',
        message:
          '"rag_errors_total" and "rag_requests_total" are of two metrics: the one may count what the other does not',
      },
    ]);
  });
});

describe('alerts on burn rates', () => {
  const windows = ['5m', '30m', '1h', '6h', '1d'];
  const records = windows.map(
    (window) =>
      `      - record: slo:burn_rate:ratio_rate${window}\n        expr: vector(1)\n        labels: { slo: requests }`,
  );
  const burn = (window: string, factor: number): string =>
    `slo:burn_rate:ratio_rate${window}{slo="requests"} > ${String(factor)}`;
  const messages = (expr: string, objective = '0.99'): string[] =>
    check({ objective }, { 'alert-rules/a.yaml': ruleGroup('a', ...records, alert('A', expr)) })
      .filter(({ rule }) => rule === 'slos/burn-rate')
      .map(({ message }) => message);

  it('pass where factor and windows belong together', () => {
    expect(
      messages(`(${burn('1h', 14.4)} and ${burn('5m', 14.4)}) or (${burn('6h', 6)} and ${burn('30m', 6)})`),
    ).toEqual([]);
  });

  it.each([
    [
      'one window alone',
      burn('1h', 14.4),
      'the burn rate over 1h alone fires on long after the cause has ended',
    ],
    [
      'a short window of another length',
      `${burn('1h', 14.4)} and ${burn('30m', 14.4)}`,
      '30m is not a twelfth of 1h',
    ],
    [
      'two factors',
      `${burn('1h', 14.4)} and ${burn('5m', 6)}`,
      'the factors of 1h and 5m differ: 14.4 and 6',
    ],
    [
      'a factor of another window',
      `${burn('1h', 6)} and ${burn('5m', 6)}`,
      'a burn rate of 6 over 1h is 0.833333333333 % of the budget of 30 days',
    ],
  ])('refuse %s', (_title, expr, message) => {
    expect(messages(expr)).toEqual([message]);
  });

  it('refuse a factor that the budget can never burn at', () => {
    expect(messages(`${burn('1h', 14.4)} and ${burn('5m', 14.4)}`, '0.9')).toEqual([
      'the budget of "requests" never burns 14.4 times as fast: that would be a share of 1.44',
    ]);
  });
});
