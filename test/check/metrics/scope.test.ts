import { alert, check, ruleGroup } from '../../support/content';

const record = (expr: string, labels: string) =>
  `      - record: namespace:rag_requests:rate5m\n        expr: ${expr}\n        labels: ${labels}`;
const own = record('sum by (namespace) (rate(rag_requests_total[5m]))', '{}');
const other = record(
  'sum by (namespace) (rate(rag_errors_total[5m])) unless on (namespace) namespace:rag_requests:rate5m{source=""}',
  '{ source: other }',
);
const asked = (expr: string, ...records: readonly string[]) =>
  check({
    'alert-rules/a.yaml': ruleGroup('a', alert('A', expr)),
    'alert-rules/b.yaml': ruleGroup('b', ...records),
  }).map(({ rule, message }) => `${rule}: ${message}`);

describe('a series that two rules record, told apart by a label', () => {
  it.each([
    ['the one', [own, other]],
    ['the other', [other, own]],
  ])('has what either leaves or sets, with %s first', (_which, records) => {
    expect(asked('namespace:rag_requests:rate5m{source="other", namespace="prod"} > 1', ...records)).toEqual(
      [],
    );
  });

  it('has no more', () => {
    expect(asked('namespace:rag_requests:rate5m{pod="a"} > 1', own, other)).toEqual([
      'promql/unknown-label: "namespace:rag_requests:rate5m" has no label "pod"; it has namespace, source',
    ]);
  });

  it('has the unit that says more than that observations of a histogram are counted', () => {
    const counted = record(
      'sum by (namespace) (rate(rag_query_duration_seconds_count[5m]))',
      '{ source: other }',
    );
    const printed = (records: readonly string[]) =>
      check({
        'alert-rules/a.yaml': ruleGroup(
          'a',
          alert('A', 'namespace:rag_requests:rate5m > 1', {
            description: '{{ $value | humanizePercentage }}',
          }),
        ),
        'alert-rules/b.yaml': ruleGroup('b', ...records),
      }).map(({ message }) => message);

    expect(printed([counted, own])).toEqual(['the value is requests/s, printed as a percentage']);
    expect(printed([own, counted])).toEqual(['the value is requests/s, printed as a percentage']);
  });
});
