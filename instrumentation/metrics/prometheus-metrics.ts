import { Counter as PromCounter, Gauge as PromGauge, Histogram as PromHistogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { boundedLabels } from './bounded-labels';
import type { MetricMaker, MetricStart } from './metric-maker';
import type { Counter, Gauge, Histogram, LabelSpecs } from './metric-types';
import { startingSets } from './starting-sets';

/** Labels as prom-client takes them. */
type Labels = Record<string, string>;

/** What metrics ask of their process. */
export interface MetricSurroundings {
  /** Id of the active trace where it is kept, for exemplars; undefined: none. */
  readonly traceId: () => string | undefined;
  /** Told of a value that cannot be counted, such as NaN: a metric must never fail a request. */
  readonly refused: (metric: string, value: number) => void;
}

/** Makes metrics of prom-client in a registry. */
export function prometheusMetrics(registry: Registry, surroundings: MetricSurroundings): MetricMaker {
  const common = (name: string, help: string, labels: LabelSpecs) => ({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
  });
  return {
    counter: (name, help, labels, { start } = {}) =>
      countedBy(new PromCounter(common(name, help, labels)), name, labels, start, surroundings),
    gauge: (name, help, labels, { start } = {}) =>
      shownBy(common(name, help, labels), labels, start, surroundings),
    histogram: (name, help, labels, { buckets, start }) => {
      // prom-client lets a histogram with exemplars into a registry for OpenMetrics only, whose own text is wrong (see
      // exposition.ts); so it joins this one by itself.
      const metric = new PromHistogram({
        ...common(name, help, labels),
        registers: [],
        buckets: [...buckets],
        enableExemplars: true,
      });
      registry.registerMetric(metric);
      return observedBy(metric, name, labels, start, surroundings);
    },
  };
}

type Start = MetricStart<LabelSpecs>['start'];

function countedBy(
  metric: PromCounter,
  name: string,
  specs: LabelSpecs,
  start: Start,
  { refused }: MetricSurroundings,
): Counter<LabelSpecs> {
  const within = boundedLabels(specs);
  for (const labels of startingSets(specs, start)) metric.inc(within(labels), 0);
  return {
    inc(labels: Labels, amount = 1) {
      if (amount >= 0 && Number.isFinite(amount)) metric.inc(within(labels), amount);
      else refused(name, amount);
    },
  };
}

function shownBy(
  config: {
    readonly name: string;
    readonly help: string;
    readonly labelNames: string[];
    readonly registers: Registry[];
  },
  specs: LabelSpecs,
  start: Start,
  { refused }: MetricSurroundings,
): Gauge<LabelSpecs> {
  const within = boundedLabels(specs);
  const followed: { readonly labels: Labels; readonly value: () => number }[] = [];
  const metric = new PromGauge({
    ...config,
    collect() {
      for (const { labels, value } of followed) {
        try {
          this.set(labels, value());
        } catch {
          // Absent is true where the value cannot be had; the last one would not be.
          this.remove(labels);
        }
      }
    },
  });
  // prom-client sets a gauge without labels to 0 at once.
  if (start === 'absent' && config.labelNames.length === 0) metric.remove({});
  for (const labels of startingSets(specs, start)) metric.set(within(labels), 0);
  return {
    set(labels: Labels, value) {
      if (Number.isFinite(value)) metric.set(within(labels), value);
      else refused(config.name, value);
    },
    inc(labels: Labels, amount = 1) {
      if (Number.isFinite(amount)) metric.inc(within(labels), amount);
      else refused(config.name, amount);
    },
    follow(labels: Labels, value) {
      followed.push({ labels: within(labels), value });
    },
  };
}

function observedBy(
  metric: PromHistogram,
  name: string,
  specs: LabelSpecs,
  start: Start,
  { refused, traceId }: MetricSurroundings,
): Histogram<LabelSpecs> {
  const within = boundedLabels(specs);
  for (const labels of startingSets(specs, start)) metric.zero(within(labels));
  return {
    observe(labels: Labels, value, trace = traceId()) {
      if (!Number.isFinite(value)) {
        refused(name, value);
        return;
      }
      metric.observe({
        labels: within(labels),
        value,
        exemplarLabels: trace === undefined ? {} : { trace_id: trace },
      });
    },
  };
}
