import { variablesIn, withoutVariables } from '../../../check/promql/grafana-variables';
import { parsePromql } from '../../../check/promql/parse';

describe('withoutVariables', () => {
  it.each([
    'rate(x[$__rate_interval])',
    'sum by ($group) (rate(x{a=~"$a"}[${window}]))',
    'x{$label="b"} offset $shift',
    '${metric}_total > $limit',
    'topk([[count]], x)',
    'quantile($q, x)',
    '$metric',
  ])('keeps the length of %j and gives PromQL', (text) => {
    const candidates = withoutVariables(text);

    expect(candidates.map((candidate) => candidate.length)).toEqual(candidates.map(() => text.length));
    expect(candidates.map((candidate) => parsePromql(candidate).errors)).toContainEqual([]);
  });

  it('leaves strings and numbered groups as they are', () => {
    const text = 'label_replace(x{a="$a"}, "b", "$1", "c", "(.*)")';

    expect(withoutVariables(text)).toEqual([text]);
  });
});

describe('variablesIn', () => {
  it('finds every form, inside strings too', () => {
    expect(
      variablesIn('x{a="$one", b="${two:regex}", c="[[three]]"}[$__range]').map(({ name }) => name),
    ).toEqual(['one', 'two', 'three', '__range']);
  });
});
