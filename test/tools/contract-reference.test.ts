import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricContractSchema } from '../../content/metric-contract';
import { contractPage } from '../../tools/contract-page';
import { METRICS_PAGE, renderMetricsPage } from '../../tools/contract-reference';

const root = join(__dirname, '..', '..');

describe('docs/metrics.md', () => {
  it('is what `npm run docs:metrics` writes', () => {
    expect(renderMetricsPage(root)).toEqual({
      findings: [],
      text: readFileSync(join(root, METRICS_PAGE), 'utf8'),
    });
  });
});

describe('contractPage', () => {
  const confirmed = { by: 'engine', source: 'Program 1.2' };
  const page = (changes: object, contract: object = {}) =>
    contractPage([
      {
        path: 'metrics/x.yaml',
        contract: metricContractSchema.parse({
          producer: 'x',
          job: 'x-job',
          targetLabels: ['job', 'pod'],
          ...contract,
          metrics: [
            { name: 'x_total', type: 'counter', unit: 'things', help: 'Things', confirmed, ...changes },
          ],
        }),
      },
    ]);
  const rowOf = (changes: object) =>
    page(changes)
      .split('\n')
      .find((line) => line.startsWith('| `x_total`'));

  it('gives a metric one row', () => {
    expect(rowOf({})).toBe('| `x_total` | counter, things |  | Things. Seen: Program 1.2. |');
  });

  it('lists the values of a label, or says how many there may be', () => {
    const labels = { a: ['v', 'w', ''], b: 'enum(4)', c: 'bounded(5)', d: 'const', e: 'target' };

    expect(rowOf({ labels })).toContain(
      '| `a`: v, w, none<br>`b`: at most 4<br>`c`: at most 5<br>`d`: one<br>`e`: one a target |',
    );
  });

  it.each([
    [{ type: 'gauge', range: [0, 'inf'] }, 'gauge, things'],
    [{ type: 'gauge', range: [0, 1] }, 'gauge, things, 0 to 1'],
    [{ type: 'gauge', range: [1, 'inf'] }, 'gauge, things, from 1'],
    [{ type: 'info', range: [1, 1] }, 'info'],
  ])('says type, unit and a range that is not the usual one: %j', (changes, text) => {
    expect(rowOf(changes)).toContain(`| ${text} |`);
  });

  it('says what is special, and where it is from', () => {
    const changes = { absentUntilFirst: true, zeroMeansUnset: true, since: '1.1', deprecated: 'use y' };
    const source = { by: 'documentation', source: 'https://example.org/x' };

    expect(rowOf({ ...changes, confirmed: source })).toContain(
      '| Things. Absent until its first event. 0 means that nothing is set. Since 1.1. Deprecated: use y. [Source](https://example.org/x). |',
    );
    expect(rowOf({ confirmed: { by: 'documentation', source: 'docs: a plan' } })).toContain(
      'Source: a plan.',
    );
  });

  it('keeps a cell a cell', () => {
    expect(rowOf({ help: 'A | <b>\nB?' })).toContain(String.raw`| A \| &lt;b> B? Seen`);
  });

  it('says which job it is, and whether an environment may lack it', () => {
    expect(page({})).toContain(
      'Job `x-job`, in [metrics/x.yaml](../metrics/x.yaml). The scrape adds `job`, `pod`.',
    );
    expect(page({}, { optional: true })).toContain('- [x](#x): job `x-job`, where the environment has it');
    expect(page({}, { job: '*', targetLabels: [] })).toContain(
      'Every job, in [metrics/x.yaml](../metrics/x.yaml).\n',
    );
  });

  it('lists old names and names that are not mapped', () => {
    const text = page({ aliases: ['old_total'], replaces: [{ name: 'other', because: 'it is another' }] });

    expect(text).toContain('| `old_total` | `x_total` | `x-job` |');
    expect(text).toContain('| `other` | `x_total` | it is another |');
  });
});
