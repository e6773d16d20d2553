import type { Deployed } from '../../check/documents/destinations';
import { destinationsOf } from '../../check/documents/destinations';
import { documentFindings } from '../../check/documents/document-findings';
import { viewDocuments } from '../../check/documents/document-view';
import type { Finding } from '../../check/finding';
import { yamlFile } from '../../content/content';
import { alert, contentOf, contract, dashboard, ruleGroup } from './content';

/** What the fixture's environment has. */
export const deployed: Deployed = {
  environment: 'prod',
  thresholds: { errorRatio: 0.05 },
  routing: {
    root: {
      receiver: 'warning',
      matchers: [],
      routes: [{ receiver: 'critical', matchers: [{ label: 'severity', operator: '=', value: 'critical' }] }],
    },
    receivers: [
      { name: 'warning', integrations: [{ kind: 'slack', channel: '#alerts' }] },
      { name: 'critical', integrations: [{ kind: 'email', to: ['a@example.org'] }] },
    ],
    inhibitRules: [],
  },
  alarms: ['rag-cost'],
  topics: [{ name: 'rag-alerts', protocols: ['email'] }],
  autoscaled: ['rag-api'],
};

const failing = alert('Failing', 'job:failed:ratio > ${thresholds.errorRatio}');
const recorded =
  '      - record: job:failed:ratio\n        expr: sum by (job) (rate(rag_requests_total[5m]))';

/** A board, an alert, a recorded series and a metric that items can refer to. */
export const destinations = destinationsOf(
  contentOf({
    'metrics/rag-api.yaml': contract,
    'dashboards/rag/requests.json': dashboard({}),
    'alert-rules/a.yaml': ruleGroup('a', recorded, failing),
  }),
  deployed,
);

/** A document's text with one item; `fields` are lines of it. */
export function documentText(...fields: readonly string[]): string {
  return [
    'id: D0',
    'title: Plan',
    'about: a plan',
    'items:',
    '  - kind: panel',
    '    name: Errors',
    '    says: Errors',
    ...fields.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** A description of one fault. */
export const faultsText =
  'raw-counter: { because: it only grows, refused: promql/raw-counter, example: x_total }\n';

/** The views of one document and the fixture's faults. */
export function viewsOf(text: string, faults = faultsText) {
  return viewDocuments({
    documents: [yamlFile('documents/d0.yaml', text)],
    faults: yamlFile('documents/faults.yaml', faults),
  });
}

/** What is wrong in one document. */
export function findingsOf(text: string, faults = faultsText): Finding[] {
  return documentFindings(viewsOf(text, faults), destinations);
}
