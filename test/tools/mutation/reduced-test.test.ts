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
    expect(reduced?.document.tests).toEqual([
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

  it('keeps every rule for an expression that may read any', () => {
    const any = { alert_rule_test: [], promql_expr_test: [{ expr: 'ALERTS' }] };
    const open = { ...test, document: { ...test.document, tests: [any] } };

    expect(names(new TestReducer(open, [file]).forRule('x.yaml', 'ManyC'))).toHaveLength(5);
  });
});
