import { alert, check, contract, ruleGroup } from '../../support/content';

const hints = (metric: string) =>
  check({
    'metrics/rag-api.yaml': contract.replace(
      'name: rag_query_duration_seconds,',
      'name: rag_query_duration_seconds, replaces: [{ name: query_seconds, because: it has no unit }],',
    ),
    'alert-rules/a.yaml': ruleGroup('a', alert('A', `sum(rate(${metric}[5m])) > 1`)),
  }).map(({ rule, hint }) => [rule, hint]);

describe('a name of the documents that the contract replaces', () => {
  it.each(['query_seconds', 'query_seconds_bucket'])('is told with its reason: %s', (metric) => {
    expect(hints(metric)).toEqual([
      ['promql/unknown-metric', 'use "rag_query_duration_seconds": it has no unit'],
    ]);
  });
});
