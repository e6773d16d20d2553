import { check, dashboard } from '../support/content';

function alertWith(expr: string): string {
  return [
    'groups:',
    '  - name: a',
    '    rules:',
    '      - alert: A',
    `        expr: ${expr}`,
    '        labels: { severity: info, team: rag, service: rag-api }',
    '        annotations: { summary: a, description: b, runbook_url: "${links.runbooks}/A.md" }',
    '',
  ].join('\n');
}

function placeOf(expr: string): string[] {
  return check({ 'alert-rules/a.yaml': alertWith(expr) }).map(
    ({ line, column }) => `${String(line)}:${String(column)}`,
  );
}

describe('places of findings', () => {
  it.each([
    ['a plain text', 'sum(rag_nope) > 1', '5:19'],
    ['double quotes with escapes', '"sum(rag_active_requests{pod=\\"a\\"}) + rag_nope"', '5:54'],
    ['single quotes with a quote', "'absent(rag_active_requests{pod=\"it''s\"}) + rag_nope'", '5:59'],
    ['a literal block', '|\n          sum(\n            rag_nope\n          ) > 1', '7:13'],
    ['a folded block', '>-\n          rag_active_requests > 1\n          and\n          rag_nope', '8:11'],
    ['a plain text over two lines', 'rag_active_requests > 1\n          and rag_nope', '6:15'],
    ['a placeholder before it', 'rag_active_requests > ${thresholds.errorRatio} and rag_nope', '5:66'],
  ])('are exact in %s', (_title, expr, place) => {
    expect(placeOf(expr)).toEqual([place]);
  });

  it('are exact in the strings of a dashboard', () => {
    const board = dashboard(
      {},
      { targets: [{ refId: 'A', expr: 'rag_active_requests{pod="a"}\n+ rag_nope' }] },
    );
    const line = board.split('\n').findIndex((text) => text.includes('rag_nope'));

    expect(check({ 'dashboards/rag/a.json': board })).toEqual([
      {
        file: 'dashboards/rag/a.json',
        line: line + 1,
        column: (board.split('\n')[line] ?? '').indexOf('rag_nope') + 1,
        severity: 'error',
        rule: 'promql/unknown-metric',
        message: 'no producer of the contract exposes "rag_nope" and no rule records it',
        hint: 'add it to metrics/ with the producer that exposes it',
      },
    ]);
  });
});
