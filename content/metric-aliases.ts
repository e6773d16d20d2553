import type { MetricFile } from './content';
import { contractOf, seriesNames } from './metric-contract';

/** A name that documents or older versions of a service use for a metric of the contract, of the same type and meaning. */
export interface MetricAlias {
  /** The old name, without the suffix of a histogram's parts. */
  readonly name: string;
  /** The name in the contract. */
  readonly canonical: string;
  /** What both names are followed by in storage: `_bucket`, `_sum` and `_count` of a histogram, nothing ("") for others. */
  readonly suffixes: readonly string[];
}

/** Aliases by the scrape job whose metrics they stand for. */
export type AliasesByJob = ReadonlyMap<string, readonly MetricAlias[]>;

/** The aliases of all contracts, in the order of the files; a file that does not fit the schema has none. */
export function aliasesByJob(files: readonly MetricFile[]): AliasesByJob {
  const found = new Map<string, MetricAlias[]>();
  for (const file of files) {
    const contract = contractOf(file);
    const aliases = contract?.metrics.flatMap((metric) =>
      metric.aliases.map((name) => ({
        name,
        canonical: metric.name,
        suffixes: seriesNames(metric).map((series) => series.slice(metric.name.length)),
      })),
    );
    if (contract === undefined || aliases === undefined || aliases.length === 0) continue;
    found.set(contract.job, [...(found.get(contract.job) ?? []), ...aliases]);
  }
  return found;
}
