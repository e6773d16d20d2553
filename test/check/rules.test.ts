import { alert, check, checkAlert, contentOf, facts, ruleGroup } from '../support/content';
import { checkContent } from '../../check/check-content';

const good = alert('A', 'rag_active_requests > 5');

function messages(text: string, runbooks?: readonly string[]): string[] {
  return check({ 'alert-rules/a.yaml': text }, runbooks).map(({ message }) => message);
}

describe('rule files', () => {
  it('passes a good file', () => {
    expect(check({ 'alert-rules/a.yaml': ruleGroup('a', good) })).toEqual([]);
  });

  it('says where YAML is broken, and where a key stands twice', () => {
    expect(check({ 'alert-rules/a.yaml': 'groups:\n  - name: [a\n' })[0]).toMatchObject({
      rule: 'content/well-formed',
      file: 'alert-rules/a.yaml',
      line: 3,
    });
    expect(check({ 'alert-rules/a.yaml': 'groups: []\ngroups: []\n' })[0]).toMatchObject({
      line: 2,
      message: 'Map keys must be unique; here stands groups: []',
    });
  });

  it('refuses a field that Prometheus does not know, at the field', () => {
    expect(check({ 'alert-rules/a.yaml': ruleGroup('a', `${good}\n        expresion: x`) })[0]).toMatchObject(
      {
        rule: 'rules/schema',
        line: 8,
        column: 9,
        message: 'the field "expresion" is not known in groups.0.rules.0',
      },
    );
    expect(check({ 'alert-rules/a.yaml': ruleGroup('a', `${good}\n        fro: 5m`) })[0]?.hint).toBe(
      'did you mean "for"?',
    );
  });

  it.each([
    ['neither alert nor record', '      - expr: vector(1)', 'exactly one of alert and record is expected'],
    ['alert and record', `${good}\n        record: a:b:c`, 'exactly one of alert and record is expected'],
    [
      'a recording rule that waits',
      '      - { record: "a:b:c", expr: vector(1), for: 5m }',
      'a recording rule has no for',
    ],
    ['a duration that is none', `${good}\n        for: five`, 'a duration such as 5m is expected'],
    [
      'a label that is a number',
      '      - { record: "a:b:c", expr: vector(1), labels: { tier: 1 } }',
      'expected string, received number',
    ],
  ])('refuses %s', (_title, rules, message) => {
    expect(messages(ruleGroup('a', rules))[0]).toContain(message);
  });

  it('refuses a group name in two files, naming both places', () => {
    const findings = check({
      'alert-rules/a.yaml': ruleGroup('same', good),
      'alert-rules/b.yaml': ruleGroup('same', alert('B', 'rag_active_requests > 5')),
    });

    expect(findings).toMatchObject([
      {
        file: 'alert-rules/b.yaml',
        line: 2,
        column: 11,
        rule: 'rules/duplicate-group',
        message: 'the rule group "same" stands here and in alert-rules/a.yaml:2',
      },
    ]);
  });

  it('refuses the same alert with the same labels twice', () => {
    expect(messages(ruleGroup('a', good, good))).toEqual([
      '"A" with the same labels stands here and in alert-rules/a.yaml:4',
    ]);
  });

  it('refuses a recorded name that is not level:metric:operations', () => {
    expect(messages(ruleGroup('a', '      - { record: my_rate, expr: vector(1) }'))).toEqual([
      '"my_rate" is not of the form level:metric:operations',
    ]);
  });

  it('refuses a placeholder that no environment fills', () => {
    expect(checkAlert('rag_active_requests > ${thresholds.errorRato}')[0]).toMatchObject({
      rule: 'rules/placeholder',
      line: 5,
      hint: 'did you mean "thresholds.errorRatio"?',
    });
    expect(
      checkAlert('rag_active_requests > 5', { summary: 'costs ${{ $value }} of ${links.nowhere}' })[0]
        ?.message,
    ).toBe(
      'no environment fills ${links.nowhere}; known are links.grafana, links.runbooks, namespaces.application, namespaces.stack, namespaces.watched, thresholds.costPerQueryDollars, thresholds.errorRatio',
    );
  });
});

describe('alerts', () => {
  function withLabels(labels: string, name = 'A'): string {
    return ruleGroup('a', alert(name, 'vector(1)').replace(/labels: .*/, `labels: ${labels}`));
  }

  it.each([
    ['{ team: rag, service: a }', 'A has no label "severity"'],
    [
      '{ severity: page, team: rag, service: a }',
      'A has the severity "page"; allowed: critical, warning, info',
    ],
    [
      '{ severity: none, team: rag, service: a }',
      'A has the severity "none"; allowed: critical, warning, info',
    ],
    ['{ severity: info, service: a }', 'A has no label "team"'],
    ['{ severity: info, team: rag }', 'A has no label "service"'],
    ['{ severity: info, team: "{{ $labels.team }}", service: a }', 'the label "team" of A is a template'],
  ])('refuses the labels %s', (labels, message) => {
    expect(messages(withLabels(labels))).toContain(message);
  });

  it('lets the Watchdog alone have the severity none', () => {
    expect(
      messages(withLabels('{ severity: none, team: platform, service: monitoring }', 'Watchdog')),
    ).toEqual([]);
  });

  it('takes labels of the group for its alerts', () => {
    const text = withLabels('{ severity: info }').replace(
      '    rules:',
      '    labels: { team: rag, service: a }\n    rules:',
    );

    expect(messages(text)).toEqual([]);
  });

  it.each(['summary', 'description', 'runbook_url'])('refuses an alert without %s', (annotation) => {
    const text = ruleGroup('a', good).replace(new RegExp(`"${annotation}":`), '"other":');

    expect(messages(text, ['A.md'])).toContain(`A has no annotation "${annotation}"`);
  });

  it('refuses a runbook link that leads nowhere, and warns of a page that nothing leads to', () => {
    const findings = check({ 'alert-rules/a.yaml': ruleGroup('a', good) }, ['AA.md']);

    expect(findings).toMatchObject([
      {
        rule: 'alerts/runbook',
        severity: 'error',
        message: 'the runbook link of A leads to runbooks/A.md, which does not exist',
        hint: 'did you mean "AA.md"?',
      },
      { file: 'runbooks/AA.md', severity: 'warning', message: 'no alert leads to this page' },
    ]);
  });

  it('refuses a runbook link outside runbooks/', () => {
    expect(checkAlert('vector(1)', { runbook_url: 'https://wiki/A' })[0]).toMatchObject({
      message: 'the runbook link of A is "https://wiki/A"',
      hint: 'write ${links.runbooks}/A.md',
    });
  });

  it('refuses a link to a board that does not exist', () => {
    expect(checkAlert('vector(1)', { dashboard_url: '${links.grafana}/d/rag-none' })[0]).toMatchObject({
      rule: 'alerts/dashboard-link',
      message: 'no dashboard has the uid "rag-none"',
    });
  });
});

describe('the metric contract', () => {
  function metric(fields: string): string {
    return `producer: p\njob: p\ntargetLabels: []\nmetrics:\n  - { name: a_total, type: counter, unit: things, help: h, confirmed: { by: engine, source: s }${fields} }\n`;
  }

  it.each([
    [
      'an unbounded label',
      ', labels: { user_id: bounded(9) }',
      'metrics/unbounded-label',
      '"a_total" has the label "user_id"',
    ],
    ['a label without a bound', ', labels: { model: many }', 'metrics/schema', 'metrics.0.labels.model: '],
    ['an unknown field', ', helpp: x', 'metrics/schema', 'the field "helpp" is not known'],
  ])('refuses %s', (_title, fields, rule, message) => {
    const findings = checkContent(contentOf({ 'metrics/p.yaml': metric(fields) }), facts);

    expect(findings[0]).toMatchObject({ rule, severity: 'error' });
    expect(findings[0]?.message).toContain(message);
  });

  it('refuses a name that two metrics claim, as a part of a histogram or an alias too', () => {
    const other = metric(', aliases: [rag_query_duration_seconds_sum]');

    expect(check({ 'metrics/z.yaml': other })[0]).toMatchObject({
      rule: 'metrics/duplicate-name',
      message:
        'the name "rag_query_duration_seconds_sum" belongs to this metric and to the one in metrics/rag-api.yaml:10',
    });
  });
});
