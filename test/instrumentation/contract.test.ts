import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { metricContractSchema } from '../../content/metric-contract';
import type { MetricContract } from '../../content/metric-contract';
import { databasePool, startTelemetry } from '../../instrumentation';
import type { KnownValues, ServiceName, Telemetry } from '../../instrumentation';
import { exposition } from '../../instrumentation/metrics/exposition';
import { differences, notInContract } from '../../tools/contract/differences';
import { readExposition } from '../../tools/contract/exposition';

const KNOWN: KnownValues = {
  domains: ['support', 'engineering'],
  models: [
    { provider: 'aws.bedrock', model: 'amazon.nova-lite-v1:0' },
    { provider: 'aws.bedrock', model: 'amazon.titan-embed-text-v2:0', operation: 'embeddings' },
  ],
  indexes: ['docs'],
  queues: ['documents'],
  workflows: ['answer'],
  plans: ['free'],
};

const CONTRACTS: Readonly<Record<ServiceName, readonly string[]>> = {
  'rag-api': ['rag-api'],
  'upload-pipeline': ['upload-pipeline'],
  'agent-api': ['agent-api', 'business'],
};

function contractOf(...files: readonly string[]): MetricContract[] {
  return files.map((file) => {
    const text = readFileSync(join(__dirname, '../../metrics', `${file}.yaml`), 'utf8');
    return metricContractSchema.parse(parse(text));
  });
}

function started(service: ServiceName): Telemetry {
  const telemetry = startTelemetry({
    service,
    version: '1.0.0',
    environment: 'test',
    known: KNOWN,
    logLevel: 'silent',
  });
  if (telemetry.service === 'rag-api') {
    databasePool(telemetry, { max: 10, active: () => 1, idle: () => 2 });
  }
  return telemetry;
}

/** What prom-client knows of a metric before anything is counted. */
interface RegisteredMetric {
  readonly name: string;
  readonly labelNames: readonly string[];
  readonly upperBounds?: readonly number[];
}

const combinations = (labels: Readonly<Record<string, unknown>>): number =>
  Object.values(labels).reduce<number>(
    (count, values) => count * (Array.isArray(values) ? values.length : 1),
    1,
  );

describe.each(Object.entries(CONTRACTS) as [ServiceName, string[]][])(
  'the metrics of %s',
  (service, files) => {
    const metrics = contractOf(...files).flatMap((contract) => contract.metrics);
    const telemetry = started(service);
    const registered = new Map(
      telemetry.registry.getMetricsAsArray().map((metric) => {
        const known = metric as unknown as RegisteredMetric;
        return [known.name, known];
      }),
    );

    it('are those of the contract from the start, in name, type, meaning, labels, values and ranges', async () => {
      const exposed = readExposition(await exposition(telemetry.registry, 'text'));
      expect(differences({ metrics }, exposed)).toEqual([]);
    });

    it('are no others but those of the process', async () => {
      const exposed = readExposition(await exposition(telemetry.registry, 'text'));
      const others = notInContract(exposed, contractOf(...files));
      expect(others.filter((name) => !/^(process|nodejs)_/.test(name))).toEqual([]);
      const process = contractOf('process').flatMap((contract) => contract.metrics);
      expect(differences({ metrics: process }, exposed).filter(({ kind }) => kind !== 'help')).toEqual([]);
    });

    it.each(metrics.map(({ name, labels }) => [name, Object.keys(labels)]))(
      'have on %s the labels %j',
      (name, labels) => {
        expect([...(registered.get(name)?.labelNames ?? [])].sort()).toEqual([...labels].sort());
      },
    );

    it('begin at 0 for every combination of closed labels, and are absent where the contract says so', async () => {
      const exposed = readExposition(await exposition(telemetry.registry, 'text'));
      const counters = metrics.filter(
        ({ type, name }) => type === 'counter' && name !== 'rag_cost_dollars_total',
      );
      const bounded = (labels: object) => ('domain' in labels ? 2 : 1);
      const found = counters.map(({ name }) => [name, exposed.get(name)?.samples.map(({ value }) => value)]);
      expect(found).toEqual(
        counters.map(({ name, labels, absentUntilFirst }) => [
          name,
          absentUntilFirst ? [] : Array<number>(combinations(labels) * bounded(labels)).fill(0),
        ]),
      );
      const absent = metrics.filter((metric) => metric.absentUntilFirst);
      expect(absent.filter(({ name }) => exposed.get(name)?.samples.length !== 0)).toEqual([]);
    });

    it('have the buckets that the contract asks for', () => {
      const histograms = metrics.filter(({ type }) => type === 'histogram');
      const missing = histograms.flatMap(({ name, buckets = [] }) =>
        buckets.filter((bound) => registered.get(name)?.upperBounds?.includes(bound) !== true),
      );
      expect(histograms.length).toBeGreaterThan(0);
      expect(missing).toEqual([]);
    });
  },
);

describe('the cost of the RAG service', () => {
  it('begins at 0 for each model by what it is called for, and for storage', async () => {
    const exposed = readExposition(await exposition(started('rag-api').registry, 'text'));
    expect(
      exposed.get('rag_cost_dollars_total')?.samples.map(({ labels, value }) => [labels, value]),
    ).toEqual([
      [{ service: 'llm', model: 'amazon.nova-lite-v1:0' }, 0],
      [{ service: 'embeddings', model: 'amazon.titan-embed-text-v2:0' }, 0],
      [{ service: 'storage', model: 'none' }, 0],
    ]);
  });
});
