import { documentText, findingsOf } from '../../support/documents';

describe('a reference of a document', () => {
  it.each([
    '{ board: rag-requests }',
    '{ board: rag-requests, panel: Requests }',
    '{ alert: Failing, severity: warning }',
    '{ alert: Failing, severity: warning, service: rag-api, receivers: [warning] }',
    '{ recorded: job:failed:ratio }',
    '{ metric: rag_requests_total }',
    '{ alarm: rag-cost }',
    '{ topic: rag-alerts }',
    '{ topic: rag-alerts, protocol: email }',
    '{ receiver: critical, by: [email] }',
    '{ labels: { severity: critical }, receivers: [critical] }',
    '{ autoscaled: rag-api }',
  ])('may be %s, which exists', (reference) => {
    expect(findingsOf(documentText(`now: [${reference}]`))).toEqual([]);
  });

  it('is refused with its place, what was found, what is allowed and how to mend it', () => {
    expect(findingsOf(documentText('now:', '  - board: rag-requests', '    panel: Request'))).toEqual([
      {
        file: 'documents/d0.yaml',
        line: 10,
        column: 16,
        severity: 'error',
        rule: 'documents/unknown-panel',
        message:
          '"Request" is no panel of the board rag-requests (dashboards/rag/requests.json); allowed: Requests',
        hint: 'did you mean "Requests"?',
      },
    ]);
  });

  it.each([
    ['{ board: costs }', 'documents/unknown-board', '"costs" is no board; allowed: rag-requests'],
    ['{ alert: Slow, severity: warning }', 'documents/unknown-alert', '"Slow" is no alert; allowed: Failing'],
    [
      '{ alert: Failing, severity: critical }',
      'documents/unknown-severity',
      '"critical" is no severity of the alert Failing; allowed: warning',
    ],
    [
      '{ alert: Failing, severity: warning, service: other }',
      'documents/unknown-service',
      '"other" is no service of the alert Failing; allowed: rag-api',
    ],
    [
      '{ alert: Failing, severity: warning, receivers: [critical] }',
      'documents/receivers',
      'receivers critical, and in prod Failing, warning, rag, rag-api reaches warning',
    ],
    [
      '{ recorded: a:b:c }',
      'documents/unknown-recorded',
      '"a:b:c" is no recorded series; allowed: job:failed:ratio',
    ],
    [
      '{ metric: x_total }',
      'documents/unknown-metric',
      '"x_total" is no metric of the contract; allowed: container',
    ],
    ['{ alarm: cpu }', 'documents/unknown-alarm', '"cpu" is no CloudWatch alarm in prod; allowed: rag-cost'],
    ['{ topic: t }', 'documents/unknown-topic', '"t" is no topic in prod; allowed: rag-alerts'],
    [
      '{ topic: rag-alerts, protocol: sms }',
      'documents/unknown-protocol',
      '"sms" is no subscription of rag-alerts in prod; allowed: email',
    ],
    [
      '{ receiver: dba, by: [slack] }',
      'documents/unknown-receiver',
      '"dba" is no receiver in prod; allowed: critical, warning',
    ],
    [
      '{ receiver: critical, by: [email, pagerduty] }',
      'documents/unknown-by',
      '"pagerduty" is no way that the receiver critical tells; allowed: email',
    ],
    [
      '{ labels: { severity: critical }, receivers: [critical, warning] }',
      'documents/receivers',
      'receivers critical, warning, and in prod critical reaches critical',
    ],
    [
      '{ autoscaled: web }',
      'documents/unknown-autoscaled',
      '"web" is no Deployment scaled on CPU in prod; allowed: rag-api',
    ],
  ])('may not be %s, which does not exist', (reference, rule, message) => {
    expect(findingsOf(documentText(`now: [${reference}]`))).toEqual([
      expect.objectContaining({ rule, message: expect.stringContaining(message) as string, line: 8 }),
    ]);
  });

  it('says how to mend a name that resembles nothing', () => {
    expect(findingsOf(documentText('now: [{ board: costs }]'))[0]?.hint).toBe(
      'name the place that has it now, or say under `none` why there is none',
    );
    expect(findingsOf(documentText('now: [{ labels: { a: b }, receivers: [critical] }]'))[0]?.hint).toBe(
      'write receivers: [warning], or mend the route',
    );
  });
});

describe('a document', () => {
  it('may have an item that is nowhere, if it says why', () => {
    expect(findingsOf(documentText('none: it is a page of another program'))).toEqual([]);
  });

  it.each([[[]], [['none: gone', 'now: [{ board: rag-requests }]']]])(
    'may not leave open whether an item is anywhere: %j',
    (fields: string[]) => {
      expect(findingsOf(documentText(...fields))).toEqual([
        expect.objectContaining({
          rule: 'documents/schema',
          message: 'items.0: an item has either `now`, where it is, or `none`, why it is nowhere',
        }),
      ]);
    },
  );

  it.each([
    ['now: [{ panel: Requests }]', 'items.0.now.0: is none of {board, panel}, {alert, severity}'],
    ['corrected: [{ what: a sum }]', 'items.0.corrected.0: is neither {what, why} nor {what, fault}'],
    ['place: here', 'the field "place" is not known in items.0'],
  ])('may not have another shape: %s', (field, message) => {
    expect(findingsOf(documentText('none: gone', field))).toContainEqual(
      expect.objectContaining({
        rule: 'documents/schema',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('may name a fault that is described, and no other', () => {
    const text = (fault: string) =>
      documentText('none: gone', 'corrected:', '  - what: a rate', `    fault: ${fault}`);

    expect(findingsOf(text('raw-counter'))).toEqual([]);
    expect(findingsOf(text('raw-counters'))).toEqual([
      expect.objectContaining({
        line: 11,
        rule: 'documents/fault',
        message: 'the fault "raw-counters" is not described; allowed: raw-counter',
        hint: 'did you mean "raw-counter"?',
      }),
    ]);
  });

  it('may not name a thing twice', () => {
    const item = ['  - kind: panel', '    name: Errors', '    says: Again', '    none: gone', ''].join('\n');

    expect(findingsOf(documentText('none: gone') + item)).toEqual([
      expect.objectContaining({
        line: 10,
        rule: 'documents/duplicate',
        message: 'the panel "Errors" stands in line 6 already',
      }),
    ]);
    expect(findingsOf(documentText('none: gone') + item.replace('panel', 'alert'))).toEqual([]);
  });

  it('that is no YAML is told by its place', () => {
    expect(findingsOf('id: [')).toEqual([
      expect.objectContaining({ file: 'documents/d0.yaml', line: 1, rule: 'documents/schema' }),
    ]);
    expect(findingsOf(documentText('none: gone'), 'a_b: { because: x }')).toEqual([
      expect.objectContaining({ file: 'documents/faults.yaml', rule: 'documents/schema' }),
    ]);
  });
});
