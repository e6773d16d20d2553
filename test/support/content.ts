import { checkContent } from '../../check/check-content';
import type { ContentFacts } from '../../check/facts';
import type { Finding } from '../../check/finding';
import { CLOUDWATCH_CONTRACT } from '../../content/cloudwatch-contract';
import { dashboardFile, yamlFile } from '../../content/content';
import type { Content } from '../../content/content';

/** What the fixtures may refer to. */
export const facts: ContentFacts = {
  thresholds: ['costPerQueryDollars', 'errorRatio'],
  links: ['runbooks', 'grafana'],
  datasourceUids: { prometheus: 'prometheus', jaeger: 'jaeger' },
  plugins: ['grafana-clock-panel'],
};

/** A contract with one metric of each kind that the checks tell apart. */
export const contract = `
producer: rag-api
job: rag-api
targetLabels: [instance, job, namespace, pod]
metrics:
${[
  [
    'rag_requests_total',
    'counter',
    'requests',
    '{ endpoint: bounded(9), status: ["200", "500", success, error] }',
  ],
  ['rag_errors_total', 'counter', 'errors', '{ type: enum(9) }'],
  ['rag_cost_dollars_total', 'counter', 'dollars', '{ service: [llm, storage] }'],
  ['rag_cost_per_query_dollars', 'histogram', 'dollars', '{}', 'aliases: [rag_query_cost_usd]'],
  ['rag_query_duration_seconds', 'histogram', 'seconds', '{}'],
  ['rag_active_requests', 'gauge', 'requests', '{}'],
  ['container_memory_working_set_bytes', 'gauge', 'bytes', '{ container: bounded(9) }'],
  [
    'container_spec_memory_limit_bytes',
    'gauge',
    'bytes',
    '{ container: bounded(9) }',
    'zeroMeansUnset: true',
  ],
]
  .map(
    ([name = '', type = '', unit = '', labels = '', more = 'range: [0, inf]']) =>
      `  - { name: ${name}, type: ${type}, unit: ${unit}, help: Some help, labels: ${labels}, ${more}, confirmed: { by: engine, source: a test } }`,
  )
  .join('\n')}
`;

/** A good alert; `fields` are lines that replace or add to its own. */
export function alert(
  name: string,
  expr: string,
  annotations: Readonly<Record<string, string>> = {},
): string {
  const texts = {
    summary: 'Something is wrong',
    description: 'It is very wrong',
    runbook_url: `\${links.runbooks}/${name}.md`,
    ...annotations,
  };
  return [
    `      - alert: ${name}`,
    `        expr: ${JSON.stringify(expr)}`,
    '        labels: { severity: warning, team: rag, service: rag-api }',
    `        annotations: ${JSON.stringify(texts)}`,
  ].join('\n');
}

/** A rule file of one group. */
export function ruleGroup(name: string, ...rules: readonly string[]): string {
  return `groups:\n  - name: ${name}\n    rules:\n${rules.join('\n')}\n`;
}

/** A good dashboard with one panel; `changes` replace fields of the board, `panel` fields of the panel. */
export function dashboard(changes: object = {}, panel: object = {}): string {
  const target = { refId: 'A', expr: 'sum(rate(rag_requests_total[$__rate_interval]))', legendFormat: 'all' };
  const good = {
    id: 1,
    type: 'timeseries',
    title: 'Requests',
    description: 'Requests for each second.',
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' },
    targets: [target],
    ...panel,
  };
  return JSON.stringify(
    { uid: 'rag-requests', title: 'Requests', schemaVersion: 41, panels: [good], ...changes },
    null,
    2,
  );
}

/** Content of files given by path and text; every alert has its page unless `runbooks` says otherwise. */
export function contentOf(files: Readonly<Record<string, string>>, runbooks?: readonly string[]): Content {
  const paths = Object.keys(files).sort();
  const of = (folder: string) => paths.filter((path) => path.startsWith(`${folder}/`));
  const text = (path: string) => files[path] ?? '';
  const linked = paths.flatMap((path) =>
    [...text(path).matchAll(/links\.runbooks\}\/(\w+\.md)/g)].map(([, page = '']) => page),
  );
  return {
    dashboards: of('dashboards').map((path) => dashboardFile(path, text(path))),
    rules: of('alert-rules').map((path) => yamlFile(path, text(path))),
    slos: of('slos').map((path) => yamlFile(path, text(path))),
    metrics: of('metrics')
      .filter((path) => path !== CLOUDWATCH_CONTRACT)
      .map((path) => yamlFile(path, text(path))),
    cloudWatch: paths.includes(CLOUDWATCH_CONTRACT)
      ? yamlFile(CLOUDWATCH_CONTRACT, text(CLOUDWATCH_CONTRACT))
      : undefined,
    runbooks: runbooks ?? [...new Set(linked)],
    strays: [],
  };
}

/** Findings of files beside the fixture's contract. */
export function check(files: Readonly<Record<string, string>>, runbooks?: readonly string[]): Finding[] {
  return checkContent(contentOf({ 'metrics/rag-api.yaml': contract, ...files }, runbooks), facts);
}

/** Rules of the findings for one alert with this expression. */
export function checkAlert(expr: string, annotations: Readonly<Record<string, string>> = {}): Finding[] {
  return check({ 'alert-rules/a.yaml': ruleGroup('a', alert('A', expr, annotations)) });
}

/** Findings of a board with one panel that shows this expression in this unit. */
export function checkPanel(expr: string, unit = 'short', legendFormat = 'all'): Finding[] {
  const panel = {
    targets: [{ refId: 'A', expr, legendFormat }],
    fieldConfig: { defaults: { unit }, overrides: [] },
  };
  return check({ 'dashboards/rag/requests.json': dashboard({}, panel) });
}
