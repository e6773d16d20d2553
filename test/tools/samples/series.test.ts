import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricContractSchema } from '../../../content/metric-contract';
import { prod } from '../../../environments/prod';
import { writeOpenMetrics } from '../../../tools/samples/openmetrics';
import { projectSeries } from '../../../tools/samples/project-samples';
import { repositoryContent } from '../../support/rendered';

const content = repositoryContent();
const series = projectSeries(content, prod, 2, 2);
const contracts = content.metrics.map(({ document }) => metricContractSchema.parse(document.value));
const labelsOf = (name: string) => series.find(({ metric }) => metric.name === name)?.labels ?? [];

describe('the series of the contract', () => {
  it('exist for every metric of a job that prod has', () => {
    const jobs = ['litellm', 'vllm'];
    const expected = contracts.filter(({ job }) => !jobs.includes(job)).flatMap(({ metrics }) => metrics);
    const found = series.filter(({ labels }) => labels.length > 0).map(({ metric }) => metric.name);

    expect(expected.map(({ name }) => name).filter((name) => !found.includes(name))).toEqual([]);
  });

  it('have no labels but those of the contract, and of those that list their values no others', () => {
    const ofAnyTarget = contracts.flatMap(({ targetLabels }) => targetLabels);
    const faults = contracts.flatMap(({ job, targetLabels, metrics }) =>
      metrics.flatMap(({ name, labels: own }) =>
        labelsOf(name).flatMap((labels) =>
          Object.entries(labels).filter(([label, value]) => {
            const spec = own[label];
            if (spec === undefined) return !(job === '*' ? ofAnyTarget : targetLabels).includes(label);
            return Array.isArray(spec) && !spec.includes(value);
          }),
        ),
      ),
    );

    expect(faults).toEqual([]);
  });

  it('differ from each other', () => {
    const doubled = series.filter(
      ({ labels }) => new Set(labels.map((set) => JSON.stringify(set))).size < labels.length,
    );

    expect(doubled.map(({ metric }) => metric.name)).toEqual([]);
  });

  it('tell of the same pods, whoever tells', () => {
    const pods = (name: string) => [...new Set(labelsOf(name).map(({ pod }) => pod))].sort();

    expect(pods('container_cpu_usage_seconds_total')).toEqual(pods('kube_pod_info'));
    expect(pods('kube_pod_info')).toEqual(expect.arrayContaining(pods('rag_queries_total')));
  });

  it('are written as OpenMetrics, without labels that have no value', () => {
    const folder = mkdtempSync(join(tmpdir(), 'openmetrics-'));
    try {
      const file = join(folder, 'x.txt');
      const [metric] = contracts[0]?.metrics ?? [];
      if (metric === undefined) throw new Error('the contract is empty');
      const written = writeOpenMetrics(
        file,
        [{ metric: { ...metric, name: 'x', type: 'info' }, labels: [{ a: 'b"c', d: '' }, {}] }],
        Float64Array.of(60, 120),
      );

      expect(written).toEqual({ series: 2, samples: 4 });
      expect(readFileSync(file, 'utf8')).toBe(
        'x{a="b\\"c"} 1 60\nx{a="b\\"c"} 1 120\nx 1 60\nx 1 120\n# EOF\n',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tell of each alert when it began, beside whether it is pending or firing', () => {
    const since = labelsOf('ALERTS_FOR_STATE');
    const states = labelsOf('ALERTS');

    expect(since.length).toBeGreaterThan(0);
    expect(states).toHaveLength(2 * since.length);
    expect(states).toEqual(
      expect.arrayContaining(since.map((labels) => ({ ...labels, alertstate: 'firing' }))),
    );
  });
});
