import { TestReducer } from '../../../tools/mutation/reduced-test';
import { nameOf } from '../../../tools/mutation/mutant';

const file = {
  name: 'x.yaml',
  path: 'x.yaml',
  document: {
    groups: [
      {
        name: 'recording',
        rules: [
          { record: 'l:a:rate', expr: 'rate(a[5m])' },
          { record: 'l:b:rate', expr: 'rate(b[5m])' },
          { record: 'l:a:ratio', expr: 'l:a:rate / l:b:rate' },
        ],
      },
      {
        name: 'alerts',
        rules: [
          { alert: 'ManyA', expr: 'l:a:ratio > 1' },
          { alert: 'ManyC', expr: 'c > 1' },
        ],
      },
    ],
  },
};

const test = {
  name: 'x.yaml',
  document: {
    rule_files: ['../x.yaml'],
    group_eval_order: ['recording', 'alerts'],
    tests: [
      { alert_rule_test: [{ alertname: 'ManyA' }, { alertname: 'ManyC' }], promql_expr_test: [] },
      { alert_rule_test: [], promql_expr_test: [{ expr: 'l:a:rate' }, { expr: 'l:b:rate' }] },
      { alert_rule_test: [{ alertname: 'ManyC' }], promql_expr_test: [] },
    ],
  },
};

const reducer = new TestReducer(test, [file]);
const names = (reduced: ReturnType<TestReducer['forRule']>) =>
  reduced?.files.flatMap(({ document }) => document.groups.flatMap(({ rules }) => rules.map(nameOf)));

describe('a reduced test', () => {
  it('keeps what the rule changes downstream, and the rules that this needs', () => {
    const reduced = reducer.forRule('x.yaml', 'l:a:rate');

    expect(names(reduced)).toEqual(['l:a:rate', 'l:b:rate', 'l:a:ratio', 'ManyA']);
    expect(reduced?.document.tests).toMatchObject([
      { alert_rule_test: [{ alertname: 'ManyA' }], promql_expr_test: [] },
      { alert_rule_test: [], promql_expr_test: [{ expr: 'l:a:rate' }] },
    ]);
  });

  it('names only groups that are left', () => {
    const reduced = reducer.forRule('x.yaml', 'ManyC');

    expect(names(reduced)).toEqual(['ManyC']);
    expect(reduced?.document.group_eval_order).toEqual(['alerts']);
  });

  it('has the changed rule in its place, and what this reads besides', () => {
    const changed = { alert: 'ManyC', expr: 'l:b:rate > 1' };
    const reduced = reducer.forRule('x.yaml', 'ManyC', { place: ['x.yaml', 1, 1], changed });

    expect(reduced?.files[0]?.document.groups).toMatchObject([
      { rules: [{ record: 'l:b:rate' }] },
      { rules: [changed] },
    ]);
  });

  it('is none where the test says nothing of the rule or does not load its file', () => {
    const silent = { ...test, document: { ...test.document, tests: test.document.tests.slice(2) } };

    expect(new TestReducer(silent, [file]).forRule('x.yaml', 'l:a:rate')).toBeUndefined();
    expect(reducer.forRule('y.yaml', 'l:a:rate')).toBeUndefined();
  });

  it.each([
    ['ALERTS', 5],
    ['{job="a"}', 5],
    ['ALERTS{alertname="ManyC"}', 1],
  ])('keeps every rule that %s may read', (expr, count) => {
    const any = { alert_rule_test: [], promql_expr_test: [{ expr }] };
    const open = { ...test, document: { ...test.document, tests: [any] } };

    expect(names(new TestReducer(open, [file]).forRule('x.yaml', 'ManyC'))).toHaveLength(count);
  });

  it('keeps the series that are read, and those whose name is not told', () => {
    const input_series = ['a{x="1"}', 'b', 'c', '{__name__="d"}'].map((series) => ({
      series,
      values: '1x10',
    }));
    const inputs = { input_series, alert_rule_test: [{ alertname: 'ManyC' }], promql_expr_test: [] };
    const fed = new TestReducer({ ...test, document: { ...test.document, tests: [inputs] } }, [file]);
    const changed = { alert: 'ManyC', expr: 'b > 1' };
    const series = (reduced: ReturnType<TestReducer['forRule']>) =>
      reduced?.document.tests[0]?.input_series?.map((one) => one.series);

    expect(series(fed.forRule('x.yaml', 'ManyC'))).toEqual(['c', '{__name__="d"}']);
    expect(series(fed.forRule('x.yaml', 'ManyC', { place: ['x.yaml', 1, 1], changed }))).toEqual([
      'b',
      'c',
      '{__name__="d"}',
    ]);
  });
});
