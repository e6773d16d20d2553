import { edited } from '../../../tools/mutation/edit';
import { expressionEdits } from '../../../tools/mutation/expression-edits';

const siblings: Readonly<Record<string, string>> = { a_total: 'b_total' };

/** What becomes of an expression, by the kind of change. */
function changes(text: string, operator: string): readonly string[] {
  return expressionEdits(text, (metric) => siblings[metric])
    .filter((edit) => edit.operator === operator)
    .map((edit) => edited(text, edit));
}

describe('expressionEdits', () => {
  it.each([
    ['number', 'a > 0.05', ['a > 0.04', 'a > 0.06']],
    ['number', 'a > 3', ['a > 2', 'a > 4']],
    ['number', 'a > 0', ['a > 1']],
    ['number', 'histogram_quantile(0.95, a)', ['histogram_quantile(0.9, a)', 'histogram_quantile(0.99, a)']],
    ['comparison', 'a >= 2', ['a > 2', 'a < 2']],
    ['comparison', 'a == 2', ['a != 2']],
    ['arithmetic', 'a / b * 2', ['a * b * 2', 'a / b / 2']],
    ['window', 'rate(a[5m])', ['rate(a[2m])', 'rate(a[10m])']],
    ['window', 'max_over_time(a[1h:30s])', ['max_over_time(a[30m:30s])', 'max_over_time(a[2h:30s])']],
    ['offset', 'a{b="offset 5m"} offset 1d', ['a{b="offset 5m"} offset 12h', 'a{b="offset 5m"} offset 2d']],
    ['function', 'rate(a[5m])', ['increase(a[5m])']],
    ['aggregation', 'sum by (a) (b)', ['max by (a) (b)']],
    ['grouping', 'sum by (a, b) (c)', ['sum by (b) (c)', 'sum by (a) (c)']],
    ['grouping', 'sum without (a) (c)', ['sum without () (c)']],
    ['matching', 'a / on (b) group_left (c) d', ['a / on () group_left (c) d', 'a / on (b) group_left () d']],
    ['metric', 'a_total / unknown', ['b_total / unknown']],
    ['filter', 'a{b="1", c!~"2"}', ['a{c!~"2"}', 'a{b!="1", c!~"2"}', 'a{b="1"}', 'a{b="1", c=~"2"}']],
    ['filter', 'a{b="1"}', ['a{}', 'a{b!="1"}']],
    ['condition', 'a and b > 1', ['a', 'a unless b > 1']],
    ['condition', 'a or 0 * b', ['a', '0 * b']],
    ['condition', 'a unless on (x) b', ['a', 'a and on (x) b']],
  ])('changes the %s of %s', (operator, text, expected) => {
    expect(changes(text, operator)).toEqual(expected);
  });

  it('leaves out what Prometheus would not accept', () => {
    // A selector needs a name or a matcher that does not match everything.
    expect(changes('{b="1", c!="2"}', 'filter')).toEqual(['{b="1"}', '{b="1", c="2"}']);
  });

  it('describes a change by what a reader of the rule sees', () => {
    const [edit] = expressionEdits('sum by (a, b) (c)', () => undefined).filter(
      ({ operator }) => operator === 'grouping',
    );

    expect(edit).toMatchObject({ before: 'a in by (a, b)', after: '(nothing)' });
  });

  it('refuses what is no PromQL', () => {
    expect(() => expressionEdits('a >', () => undefined)).toThrow('not PromQL: a >');
  });
});
