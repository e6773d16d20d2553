import { join } from 'node:path';
import { readContract } from '../../check/metrics/contract-findings';
import { readContent } from '../../content/content';
import type { MetricContract } from '../../content/metric-contract';
import { differences, differenceText, sourceDifferences } from '../../tools/contract/differences';
import { exposedLabels, readExposition, type Exposition } from '../../tools/contract/exposition';
import type { Observed, Wanted } from '../../tools/contract/producer';
import { PRODUCER_GROUPS, versionOf } from '../../tools/contract/producers';
import { describeWithEngines } from '../support/engines';

const { contracts } = readContract(readContent(join(__dirname, '..', '..')));

const RUN_HERE = PRODUCER_GROUPS.flatMap(({ producers }) => Object.keys(producers));

/** Producers that a person ran: what would be needed to run them here is in the reason. */
const RUN_BY_HAND: Readonly<Record<string, string>> = { 'postgres-exporter': 'needs a PostgreSQL' };

/** Metrics of programs that run here which nothing here proves. */
const NOT_PROVOKED: Readonly<Record<string, readonly string[]>> = {
  // Its labels are those of the alerts, which the check of the rules holds against the contract.
  'prometheus-scrape': ['ALERTS', 'ALERTS_FOR_STATE'],
  // Only an API server under more load than a test should make refuses requests.
  apiserver: ['apiserver_flowcontrol_rejected_requests_total'],
};

/** Programs of the stack that cannot be run here: theirs are confirmed by documentation, all of them. */
const NOT_RUN = ['cadvisor', 'fluent-bit', 'grafana', 'kubelet'];

/** What Jaeger 2.13 and the Collector 0.158 both have, under one name in the contract. */
const SHARED_WITH_JAEGER = [
  'otelcol_receiver_accepted_spans_total',
  'otelcol_receiver_refused_spans_total',
  'otelcol_receiver_failed_spans_total',
  'otelcol_processor_incoming_items_total',
  'otelcol_processor_outgoing_items_total',
  'otelcol_processor_batch_batch_send_size',
  'otelcol_exporter_sent_spans_total',
  'otelcol_exporter_send_failed_spans_total',
  'otelcol_process_uptime_seconds_total',
  'otelcol_process_memory_rss_bytes',
];

/** Collectors of the node exporter that a kernel may leave without data, by what their metrics' names begin with. */
const KERNEL_MAY_LACK: Readonly<Record<string, string>> = {
  node_pressure_: 'pressure',
  node_nf_conntrack_: 'conntrack',
};

/** True where the exporter itself says that the collector of a metric found nothing on this machine. */
function lackedHere(name: string, exposition: Exposition): boolean {
  const [, collector] = Object.entries(KERNEL_MAY_LACK).find(([start]) => name.startsWith(start)) ?? [];
  const samples = exposition.get('node_scrape_collector_success')?.samples ?? [];
  return samples.some(({ labels, value }) => labels['collector'] === collector && value === 0);
}

function contractOf(producer: string): MetricContract {
  const found = contracts.find((contract) => contract.producer === producer);
  if (found === undefined) throw new Error(`metrics/ has no producer ${producer}`);
  return found;
}

function namesBy(contract: MetricContract, by: 'engine' | 'documentation'): string[] {
  return contract.metrics.filter(({ confirmed }) => confirmed.by === by).map(({ name }) => name);
}

const WANTED: Wanted = Object.fromEntries(
  contracts.map((contract) => [contract.producer, namesBy(contract, 'engine')]),
);

jest.setTimeout(180_000);

describe('the metric contract', () => {
  it('says "by engine" only of programs that run here, but for those that a person ran', () => {
    const claimed = contracts.filter((contract) => namesBy(contract, 'engine').length > 0);

    expect(claimed.map(({ producer }) => producer).filter((name) => !RUN_HERE.includes(name))).toEqual(
      Object.keys(RUN_BY_HAND),
    );
  });

  it('has what it has by documentation for a reason', () => {
    const here = RUN_HERE.map((name): [string, string[]] => [
      name,
      namesBy(contractOf(name), 'documentation'),
    ]);

    expect(Object.fromEntries(here.filter(([, names]) => names.length > 0))).toEqual(NOT_PROVOKED);
    expect(NOT_RUN.flatMap((name) => namesBy(contractOf(name), 'engine'))).toEqual([]);
  });

  it.each(RUN_HERE)('names the version that runs here: %s', (producer) => {
    expect(sourceDifferences(contractOf(producer), versionOf(producer) ?? '')).toEqual([]);
  });
});

describe.each(PRODUCER_GROUPS)('the metric contract and $engines', (group) => {
  const producers = Object.keys(group.producers);

  describeWithEngines(
    group.engines,
    `with the stack's own configuration: ${producers.join(', ')}`,
    (engines) => {
      let observed: Observed;
      const exposition = (producer: string): Exposition => readExposition(...(observed[producer] ?? []));

      beforeAll(async () => {
        observed = await group.observe(engines, WANTED);
      });

      it.each(producers)('agree on what there is: %s', (producer) => {
        const exposed = exposition(producer);
        const unseen = (WANTED[producer] ?? []).filter((name) => !exposed.get(name)?.samples.length);

        expect(unseen.filter((name) => !lackedHere(name, exposed))).toEqual([]);
      });

      it.each(producers)('agree on types, meanings, labels, their values and ranges: %s', (producer) => {
        const exposed = exposition(producer);
        const found = differences(contractOf(producer), exposed).filter(
          ({ kind, metric }) => kind !== 'gone' || !lackedHere(metric, exposed),
        );

        expect(found.map(differenceText)).toEqual([]);
      });

      if (producers.includes('jaeger')) {
        it.each(SHARED_WITH_JAEGER)('agree that Jaeger has the same as the Collector: %s', (name) => {
          const metric = contractOf('otel-collector').metrics.find((candidate) => candidate.name === name);
          const exposed = exposition('jaeger').get(name);

          expect(exposed?.type).toBe(metric?.type);
          expect(Object.keys(metric?.labels ?? {})).toEqual(
            expect.arrayContaining(exposed === undefined ? ['a metric'] : [...exposedLabels(exposed).keys()]),
          );
        });
      }
    },
  );
});
