import { z } from 'zod';

/** Where the contract of CloudWatch lies. */
export const CLOUDWATCH_CONTRACT = 'metrics/cloudwatch.yaml';

const text = z.string().min(1);

const metricSchema = z.strictObject({
  namespace: z.string().regex(/^[A-Za-z0-9._#/-]+$/, 'a CloudWatch namespace is expected'),
  perEnvironment: z.boolean().default(false),
  name: text,
  publisher: text,
  unit: text,
  help: text,
  dimensions: z.array(z.array(text)).min(1),
  statistics: z
    .array(
      z
        .string()
        .regex(/^(?:Average|Sum|SampleCount|Minimum|Maximum|p\d+(?:\.\d+)?)$/, 'a statistic is expected'),
    )
    .min(1),
  absentUntilFirst: z.boolean().default(false),
  confirmed: z.strictObject({ by: z.enum(['engine', 'documentation']), source: text }),
});

/** Shape of `metrics/cloudwatch.yaml`. */
export const cloudWatchContractSchema = z.strictObject({
  producer: z.literal('cloudwatch'),
  metrics: z.array(metricSchema).min(1),
});

/**
 * One metric of CloudWatch.
 *
 * `perEnvironment` says that the namespace ends in the environment's suffix (`RAG/Logs-dev`). `dimensions` are the sets
 * of names that it is published with, each a metric of its own to CloudWatch; `[]` is the one without. `statistics` are
 * those that mean something. `unit` and `absentUntilFirst` are as for metrics of Prometheus.
 */
export type CloudWatchMetric = z.infer<typeof metricSchema>;

/** All metrics of CloudWatch that the stack reads. */
export type CloudWatchContract = z.infer<typeof cloudWatchContractSchema>;

/** A question for one metric: what an alarm, a widget or a panel asks for. */
export interface CloudWatchQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly statistic: string;
}

function inNamespace({ namespace, perEnvironment }: CloudWatchMetric, asked: string): boolean {
  return asked === namespace || (perEnvironment && asked.startsWith(`${namespace}-`));
}

/**
 * What is wrong with a question.
 *
 * @returns what was found and what is allowed; undefined if the contract has it
 */
export function cloudWatchFault({ metrics }: CloudWatchContract, query: CloudWatchQuery): string | undefined {
  const { namespace, name } = query;
  const metric = metrics.find((candidate) => candidate.name === name && inNamespace(candidate, namespace));
  if (metric === undefined) {
    const known = metrics.map((candidate) => `${candidate.namespace} ${candidate.name}`);
    return `CloudWatch has no metric "${name}" in "${namespace}"; known are ${known.join(', ')}`;
  }
  const sets = metric.dimensions.map((names) => [...names].sort().join(', ') || 'none');
  const asked = [...query.dimensions].sort().join(', ') || 'none';
  if (!sets.includes(asked)) {
    return `"${name}" is asked for with the dimensions ${asked}, which is another metric; allowed: ${sets.join('; ')}`;
  }
  if (!metric.statistics.includes(query.statistic)) {
    return `"${name}" is asked for its ${query.statistic}; allowed: ${metric.statistics.join(', ')}`;
  }
  return undefined;
}
