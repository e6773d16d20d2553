import { seriesNames } from '../../content/metric-contract';
import type { Metric, MetricContract } from '../../content/metric-contract';
import { observations } from './unit';
import type { Unit } from './unit';

/** One name that can be selected in PromQL. */
export interface Series {
  readonly name: string;
  /** `bare` is a histogram's own name, which has no samples; `recorded` comes from a recording rule. */
  readonly kind: 'counter' | 'gauge' | 'bare' | 'recorded';
  /** The histogram's name where this is one of its parts, else its own. */
  readonly base: string;
  /** True for `_bucket` of a histogram. */
  readonly bucket: boolean;
  readonly unit: Unit | undefined;
  /** Every label that a sample may carry; undefined where that is not known. */
  readonly labels: ReadonlySet<string> | undefined;
  /** The allowed values of labels that list them. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** True where 0 stands for "no limit set". */
  readonly zeroMeansUnset: boolean;
}

/** Every series of the contract by name; names of the parts of histograms and aliases' canonical names included. */
export interface Catalogue {
  readonly series: ReadonlyMap<string, Series>;
  /** Canonical name for each alias. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What a name of the documents has become that cannot be mapped. */
  readonly replaced: ReadonlyMap<string, Replacement>;
}

/** The metric to use in place of another, and why it is not the same under a new name. */
export interface Replacement {
  readonly by: string;
  readonly because: string;
}

/** Builds the catalogue; of two metrics with one name the first counts. */
export function buildCatalogue(contracts: readonly MetricContract[]): Catalogue {
  const series = new Map<string, Series>();
  const aliases = new Map<string, string>();
  const replaced = new Map<string, Replacement>();
  for (const contract of contracts) {
    for (const metric of contract.metrics) {
      for (const entry of seriesOf(metric, contract))
        if (!series.has(entry.name)) series.set(entry.name, entry);
      for (const alias of metric.aliases) aliases.set(alias, metric.name);
      for (const { name, because } of metric.replaces) replaced.set(name, { by: metric.name, because });
    }
  }
  return { series, aliases, replaced };
}

function seriesOf(metric: Metric, contract: MetricContract): Series[] {
  const { name, type, unit } = metric;
  const own = Object.entries(metric.labels);
  const common = {
    base: name,
    values: new Map(
      own.flatMap(([label, spec]) => (typeof spec === 'string' ? [] : [[label, spec] as const])),
    ),
    zeroMeansUnset: metric.zeroMeansUnset,
  };
  const labels = new Set([...own.map(([label]) => label), ...contract.targetLabels]);
  // `units`: a label of the series says which, so nothing is known of the metric as a whole.
  const value = unit === 'units' ? undefined : { of: unit, scale: 1 };
  const parts = seriesNames(metric).map((part): Series => {
    const suffix = part.slice(name.length);
    const isPart = suffix !== '';
    const extra = suffix === '_bucket' ? ['le'] : type === 'summary' && !isPart ? ['quantile'] : [];
    return {
      ...common,
      name: part,
      kind: isPart || type === 'counter' ? 'counter' : 'gauge',
      bucket: suffix === '_bucket',
      unit: suffix === '_count' ? { of: observations, scale: 1 } : value,
      labels: new Set([...labels, ...extra]),
    };
  });
  if (type === 'histogram') parts.push({ ...common, name, kind: 'bare', bucket: false, unit: value, labels });
  return parts;
}
