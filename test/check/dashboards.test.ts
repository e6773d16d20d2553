import { check, dashboard } from '../support/content';
import type { Finding } from '../../check/finding';

function checkBoard(changes: object = {}, panel: object = {}): Finding[] {
  return check({ 'dashboards/rag/a.json': dashboard(changes, panel) });
}

const datasourceVariable = { name: 'datasource', type: 'datasource', query: 'prometheus' };

function namespaceVariable(query: unknown): object {
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  return {
    templating: { list: [datasourceVariable, { name: 'namespace', type: 'query', datasource, query }] },
  };
}

describe('dashboards', () => {
  it('passes a good board', () => {
    expect(checkBoard()).toEqual([]);
  });

  it.each([
    ['{ "a": 1, }', 1, 11, 'a property name in double quotes is expected; here stands }'],
    ['{\n  // no\n}', 2, 3, 'JSON has no comments; here stands // no'],
    [
      '{ "a": 1,\n "a": 2 }',
      2,
      2,
      'the key "a" stands here a second time (first on line 1); only one would count; here stands "a": 2 }',
    ],
    ['{ "a": "b', 1, 8, 'a string without its closing quote; here stands "b'],
    ['[]', 1, 1, 'a dashboard is a JSON object'],
  ])('says where %j is no JSON', (text, line, column, message) => {
    expect(check({ 'dashboards/rag/a.json': text })[0]).toMatchObject({
      rule: 'content/well-formed',
      line,
      column,
      message,
    });
  });

  it.each([
    [{ __inputs: [] }, '"__inputs" is for sharing: a provisioned dashboard is never asked for its inputs'],
    [{ id: 7 }, '"id" is 7: it belongs to the Grafana that the board was exported from'],
    [{ title: 'RAG' }, 'the title "RAG" is also the name of the folder'],
    [{ uid: 'a b' }, 'the uid is "a b"; 1 to 40 letters, digits, "_" and "-" are allowed'],
    [
      { uid: 'x'.repeat(41) },
      `the uid is "${'x'.repeat(41)}"; 1 to 40 letters, digits, "_" and "-" are allowed`,
    ],
    [{ title: '' }, 'there is no title'],
    [{ schemaVersion: 35 }, 'schemaVersion is 35; at least 36 is needed'],
  ])('refuses %j', (changes, message) => {
    expect(checkBoard(changes)).toMatchObject([{ rule: 'dashboards/provisioning', message }]);
  });

  it('refuses one uid in two files, naming both places, and one title in one folder', () => {
    const findings = check({
      'dashboards/cost/b.json': dashboard({ title: 'Other' }),
      'dashboards/rag/a.json': dashboard(),
      'dashboards/rag/c.json': dashboard({ uid: 'another' }),
    });

    expect(findings.map(({ file, message }) => [file, message])).toEqual([
      [
        'dashboards/rag/a.json',
        'the uid "rag-requests" stands here and in dashboards/cost/b.json:2; it must be unique in all dashboards',
      ],
      [
        'dashboards/rag/c.json',
        'the title "Requests" stands here and in dashboards/rag/a.json:3; it must be unique in its folder',
      ],
    ]);
  });

  it.each([
    [{ id: 0 }, '"Requests" has no id of its own'],
    [{ gridPos: { x: 20, y: 0, w: 12, h: 8 } }, '"Requests" ends at column 32 of 24'],
    [{ gridPos: { x: 0, y: 0, w: 0, h: 8 } }, 'gridPos of "Requests" is {"x":0,"y":0,"w":0,"h":8}'],
    [{ title: '' }, 'the panel has no title'],
    [{ description: '' }, '"Requests" has no description'],
  ])('refuses or notes a panel with %j', (panel, message) => {
    expect(checkBoard({}, panel)).toMatchObject([{ rule: 'dashboards/layout', message }]);
  });

  it('refuses two panels of one id, and one that lies over another, in a row too', () => {
    const panel = { id: 1, type: 'text', title: 'One', gridPos: { x: 0, y: 0, w: 12, h: 4 } };
    const row = { id: 3, type: 'row', title: 'Row', gridPos: { x: 0, y: 4, w: 24, h: 1 } };
    const inRow = { ...panel, title: 'Inner', gridPos: { x: 0, y: 5, w: 12, h: 4 } };
    const panels = [
      panel,
      { ...panel, title: 'Two' },
      {
        ...row,
        panels: [
          { ...inRow, id: 4 },
          { ...inRow, id: 5 },
        ],
      },
    ];

    expect(checkBoard({ panels }).map(({ message }) => message)).toEqual([
      'the panel id 1 belongs to "One" and to "Two"',
      '"Two" lies over "One"',
      '"Inner" lies over "Inner"',
    ]);
  });

  it.each([
    ['singlestat', 'the panel type "singlestat" of "Requests" is gone from Grafana', 'use "stat"'],
    [
      'timeserie',
      'the panel type "timeserie" of "Requests" is neither Grafana\'s own nor an installed plugin',
      'did you mean "timeseries"?',
    ],
  ])('refuses the panel type %s', (type, message, hint) => {
    expect(checkBoard({}, { type })).toMatchObject([{ rule: 'dashboards/panel-type', message, hint }]);
  });

  it('allows the panels of installed plugins', () => {
    expect(checkBoard({}, { type: 'grafana-clock-panel' })).toEqual([]);
  });

  it.each([
    [undefined, 'the query names no data source'],
    [
      { type: 'prometheus', uid: 'promtheus' },
      'no data source has the uid "promtheus"; known are jaeger, prometheus',
    ],
    [
      { type: 'prometheus', uid: '${ds}' },
      'no data source has the uid "${ds}"; known are jaeger, prometheus',
    ],
    [{ type: 'prometheus', uid: 'jaeger' }, 'the data source "jaeger" is of type "jaeger", not "prometheus"'],
  ])('refuses the data source %j', (datasource, message) => {
    expect(checkBoard({}, { datasource })).toMatchObject([{ rule: 'dashboards/datasource', message }]);
  });

  it('allows a data source variable of the right type', () => {
    const templating = { list: [datasourceVariable] };

    expect(checkBoard({ templating }, { datasource: { type: 'prometheus', uid: '${datasource}' } })).toEqual(
      [],
    );
  });

  it('refuses a variable that is not defined; its case counts', () => {
    const targets = [
      { refId: 'A', expr: 'sum(rate(rag_requests_total{namespace="$Namespace"}[$__rate_interval]))' },
    ];

    expect(checkBoard(namespaceVariable('label_values(namespace)'), { targets })).toMatchObject([
      {
        rule: 'dashboards/variable',
        message: 'the variable "Namespace" is used and not defined',
        hint: 'did you mean "namespace"?',
      },
    ]);
  });

  it.each([
    ['label_values(rag_requests_total, namespac)', 'promql/unknown-label'],
    [{ query: 'label_values(rag_request_total{pod="a"}, namespace)', refId: 'x' }, 'promql/unknown-metric'],
    ['query_result(sum(rate(rag_active_requests[5m])))', 'promql/function-type'],
  ])('holds the variable query %j against the contract', (query, rule) => {
    expect(checkBoard(namespaceVariable(query))).toMatchObject([{ rule, file: 'dashboards/rag/a.json' }]);
  });

  it.each([
    'label_values(rag_requests_total{pod=~".+"}, namespace)',
    'label_values(namespace)',
    'metrics(rag_.*)',
  ])('passes the variable query %s', (query) => {
    expect(checkBoard(namespaceVariable(query))).toEqual([]);
  });

  it('points at the label of a variable query', () => {
    const text = dashboard(namespaceVariable('label_values(rag_requests_total, nowhere)'));
    const lines = text.split('\n');
    const line = lines.findIndex((candidate) => candidate.includes('nowhere'));

    expect(check({ 'dashboards/rag/a.json': text })[0]).toMatchObject({
      line: line + 1,
      column: (lines[line] ?? '').indexOf('nowhere') + 1,
    });
  });

  it('holds the expressions of annotations against the contract', () => {
    const list = [
      { name: 'x', datasource: { type: 'prometheus', uid: 'prometheus' }, expr: 'changes(rag_nope[5m]) > 0' },
    ];

    expect(checkBoard({ annotations: { list } })).toMatchObject([{ rule: 'promql/unknown-metric' }]);
  });

  it('refuses a legend with a label that the result has lost', () => {
    const targets = [
      { refId: 'A', expr: 'sum by (pod) (rate(rag_requests_total[5m]))', legendFormat: '{{pod}} {{status}}' },
    ];

    expect(checkBoard({}, { targets })).toMatchObject([
      { rule: 'dashboards/legend', message: 'the result has no label "status"; it can have pod' },
    ]);
  });

  it('leaves queries of other data sources alone', () => {
    const targets = [{ refId: 'A', expr: '{app="x"} |= "y"' }];

    expect(checkBoard({}, { targets, datasource: { type: 'jaeger', uid: 'jaeger' } })).toEqual([]);
  });
});

describe('the size of a ConfigMap', () => {
  function boardOf(bytes: number): string {
    const text = dashboard({ description: '' });
    return text.replace(
      '"description": ""',
      `"description": "${'x'.repeat(bytes - JSON.stringify(JSON.parse(text)).length)}"`,
    );
  }

  it('is an error above 1 MiB, at the biggest board', () => {
    const findings = check({
      'dashboards/rag/a.json': boardOf(700_000),
      'dashboards/rag/b.json': boardOf(348_577).replaceAll('equests', 'esponse'),
    });

    expect(findings.filter(({ rule }) => rule === 'content/config-map-size')).toEqual([
      {
        file: 'dashboards/rag/a.json',
        line: 1,
        column: 1,
        severity: 'error',
        rule: 'content/config-map-size',
        message:
          'the dashboards of the folder "rag" take 1048577 bytes of the 1048576 that a ConfigMap may hold; the biggest: dashboards/rag/a.json (700000), dashboards/rag/b.json (348577)',
        hint: 'move some of its boards to another folder of dashboards/',
      },
    ]);
  });

  it('is a warning from 900 KiB, and nothing below; white space of the file does not count', () => {
    expect(check({ 'dashboards/rag/a.json': boardOf(921_601) })).toMatchObject([{ severity: 'warning' }]);
    expect(check({ 'dashboards/rag/a.json': boardOf(921_600) })).toEqual([]);
  });

  it('counts all rule files together', () => {
    const comment = `# ${'x'.repeat(600_000)}\n`;
    const findings = check({
      'alert-rules/a.yaml': `${comment}groups: []\n`,
      'alert-rules/b.yaml': `${comment}groups: []\n`,
    });

    expect(findings).toMatchObject([{ severity: 'error', file: 'alert-rules/a.yaml' }]);
  });
});
