import { documentsPage } from '../../tools/documents-page';
import { destinations, documentText, viewsOf } from '../support/documents';

const page = (...fields: readonly string[]) => documentsPage(viewsOf(documentText(...fields)), destinations);
const rowOf = (...fields: readonly string[]) =>
  page(...fields)
    .split('\n')
    .find((line) => line.startsWith('| panel **Errors**'));
const placeOf = (reference: string) => rowOf(`now: [${reference}]`)?.split(' | ')[2];

describe('documentsPage', () => {
  it('gives an item one row', () => {
    const board = '[Requests](../dashboards/rag/requests.json)';

    expect(rowOf('of: Main', 'now: [{ board: rag-requests }]')).toBe(
      `| panel **Errors**<br>Main | Errors. | board ${board} | Nothing. |`,
    );
  });

  it.each([
    ['{ board: rag-requests, panel: Requests }', '"Requests" on [Requests](../dashboards/rag/requests.json)'],
    [
      '{ alert: Failing, severity: warning }',
      'alert [Failing](../alert-rules/a.yaml), warning ([runbook](../runbooks/Failing.md)): `errorRatio` 0.05',
    ],
    ['{ recorded: job:failed:ratio }', 'recorded [`job:failed:ratio`](../alert-rules/a.yaml)'],
    ['{ metric: rag_requests_total }', 'metric [`rag_requests_total`](../metrics/rag-api.yaml)'],
    ['{ alarm: rag-cost }', 'CloudWatch alarm `rag-cost` ([model](../constructs/aws/aws-model.ts))'],
    [
      '{ topic: rag-alerts, protocol: email }',
      'topic `rag-alerts`, subscribed by email ([settings](../environments/prod.ts))',
    ],
    [
      '{ receiver: critical, by: [email] }',
      'receiver `critical`: email ([settings](../environments/prod.ts))',
    ],
    [
      '{ labels: { severity: critical }, receivers: [critical] }',
      '`severity="critical"` reaches `critical` ([routes](../constructs/alertmanager/alert-routing.ts))',
    ],
    [
      '{ autoscaled: rag-api }',
      'Deployment `rag-api` is scaled on CPU ([settings](../environments/prod.ts))',
    ],
  ])('says where %s is', (reference, text) => {
    expect(placeOf(reference)).toBe(text);
  });

  it('says whom an alert reaches where the item promises it', () => {
    expect(placeOf('{ alert: Failing, severity: warning, receivers: [warning] }')).toContain(
      ': `errorRatio` 0.05; reaches `warning`',
    );
  });

  it('lists several places, and several corrections with their reasons', () => {
    expect(
      rowOf(
        'now: [{ board: rag-requests }, { metric: rag_requests_total }]',
        'corrected: [{ what: a rate, fault: raw-counter }, { what: by job, why: it is shorter }]',
      ),
    ).toBe(
      '| panel **Errors** | Errors. | board [Requests](../dashboards/rag/requests.json)<br>metric [`rag_requests_total`](../metrics/rag-api.yaml) | A rate, because it only grows.<br>By job, because it is shorter. |',
    );
  });

  it('says why an item is nowhere, and counts it', () => {
    expect(rowOf('none: it is gone')).toBe('| panel **Errors** | Errors. | Nowhere: it is gone. |  |');
    expect(page('none: it is gone')).toContain('- 1 rows, of which 1 have no place here; these say why.');
  });

  it('lists the faults with how often each is the reason', () => {
    expect(page('none: gone', 'corrected: [{ what: a rate, fault: raw-counter }]')).toContain(
      '| raw counter | 1 | it only grows | `promql/raw-counter` | `x_total` |',
    );
  });
});
