import { z } from 'zod';
import type { MetricFile } from './content';

/** Labels that grow with the number of users or documents; a metric that carries one is refused. */
export const forbiddenLabels: ReadonlySet<string> = new Set([
  'user_id',
  'document_id',
  'session_id',
  'trace_id',
]);

const metricName = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'a Prometheus metric name is expected');
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'a label name is expected');
const text = z.string().min(1);

/** The number of values that a label may take, in words: see {@link LabelSpec}. */
const labelClass = z
  .string()
  .regex(
    /^(?:const|target|enum\([1-9]\d*\)|bounded\([1-9]\d*\))$/,
    'const, target, enum(n) or bounded(n) is expected',
  );

const labelSpec = z.union([z.array(z.string()).min(1), labelClass]);

const metricSchema = z.strictObject({
  name: metricName,
  type: z.enum(['counter', 'gauge', 'histogram', 'summary', 'info']),
  unit: text,
  help: text,
  labels: z.record(labelName, labelSpec).default({}),
  range: z.tuple([z.number(), z.number().or(z.literal('inf'))]).optional(),
  buckets: z.array(z.number()).min(1).optional(),
  absentUntilFirst: z.boolean().default(false),
  zeroMeansUnset: z.boolean().default(false),
  deprecated: text.optional(),
  since: text.optional(),
  aliases: z.array(metricName).default([]),
  replaces: z.array(z.strictObject({ name: metricName, because: text })).default([]),
  confirmed: z.strictObject({ by: z.enum(['engine', 'documentation']), source: text }),
});

/** Shape of a file in `metrics/`. */
export const metricContractSchema = z.strictObject({
  producer: text,
  job: text,
  optional: z.boolean().default(false),
  targetLabels: z.array(labelName),
  metrics: z.array(metricSchema).min(1),
});

/**
 * The values of a label: all of them, or how many there may be. `const`: one for each process. `target`: set by the
 * scrape job, one for each target. `enum(n)`: fixed by the program, at most n. `bounded(n)`: fixed by configuration or
 * deployment (models, routes), at most n.
 */
export type LabelSpec = z.infer<typeof labelSpec>;

/**
 * One metric of the contract.
 *
 * `unit` is the base unit of the value (`seconds`, `bytes`, `dollars`, `ratio`, or what is counted: `requests`; `units`
 * where a label says which). `range` is the smallest and largest value. `absentUntilFirst` says that a series appears
 * with its first event, `zeroMeansUnset` that 0 stands for "no limit". `buckets` are upper bounds that a histogram must
 * have because something counts what is below them; it may have more. `aliases` are names that documents use for the
 * same thing, which the scrape maps to this one. `replaces` are names of theirs for something alike, which it cannot
 * map, and why.
 */
export type Metric = z.infer<typeof metricSchema>;

/**
 * All metrics of one producer. `job` is the scrape job (`*` for series of every job), `targetLabels` are the labels that
 * the scrape job adds to each series, `optional` says that an environment may lack the job.
 */
export type MetricContract = z.infer<typeof metricContractSchema>;

const contracts = new WeakMap<MetricFile, { readonly contract: MetricContract | undefined }>();

/** The contract in a file, read once however many environments ask; undefined where it does not fit the schema. */
export function contractOf(file: MetricFile): MetricContract | undefined {
  const known = contracts.get(file);
  if (known !== undefined) return known.contract;
  const { data: contract } = metricContractSchema.safeParse(file.document.value);
  contracts.set(file, { contract });
  return contract;
}

/** What a metric is called in storage: a histogram has no series of its own name. */
export function seriesNames(metric: Metric): string[] {
  const { name, type } = metric;
  if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
}
