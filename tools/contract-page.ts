import type { LabelSpec, Metric, MetricContract } from '../content/metric-contract';
import { code, row } from './markdown';

/** A contract and the file that it stands in. */
export interface ContractFile {
  /** Path from the repository's root. */
  readonly path: string;
  readonly contract: MetricContract;
}

/**
 * The reference page of the metric contract, in Markdown.
 *
 * @param files contracts in the order of the page
 */
export function contractPage(files: readonly ContractFile[]): string {
  const count = files.reduce((sum, { contract }) => sum + contract.metrics.length, 0);
  return [
    '# Metrics',
    '',
    '<!-- Written by `npm run docs:metrics` from metrics/*.yaml. Edit those. -->',
    '<!-- prettier-ignore-start -->',
    '',
    `The ${String(count)} metrics that rules and boards may use, by who exposes them. \`npm run check\` refuses an`,
    'expression with any other metric or label.',
    '',
    '- A label is followed by its values, or by how many it may have. "One" is the same for the whole process, "one a target"',
    '  differs between targets only.',
    '- A counter or histogram counts from the start of its process: use `rate()` or `increase()`.',
    '- "Seen" names the program whose own `/metrics` was compared with the entry; else the source is given.',
    '',
    ...files.map(({ contract }) => `- [${contract.producer}](#${contract.producer}): ${jobOf(contract)}`),
    '',
    ...files.flatMap(producer),
    ...oldNames(files),
    ...replacedNames(files),
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
}

function jobOf({ job, optional }: MetricContract): string {
  if (job === '*') return 'every job';
  return `job \`${job}\`${optional ? ', where the environment has it' : ''}`;
}

function producer({ path, contract }: ContractFile): string[] {
  const targetLabels = contract.targetLabels.map(code).join(', ');
  const job = `${jobOf(contract).replace(/^./, (first) => first.toUpperCase())}, in [${path}](../${path}).`;
  return [
    `## ${contract.producer}`,
    '',
    targetLabels === '' ? job : `${job} The scrape adds ${targetLabels}.`,
    '',
    '| Metric | Type and unit | Labels | Meaning |',
    '| --- | --- | --- | --- |',
    ...contract.metrics.map((metric) =>
      row([code(metric.name), kind(metric), labels(metric), meaning(metric)]),
    ),
    '',
  ];
}

function kind({ type, unit, range }: Metric): string {
  const named = type === 'info' ? type : `${type}, ${unit}`;
  if (range === undefined || type === 'info' || (range[0] === 0 && range[1] === 'inf')) return named;
  const [low, high] = range;
  return high === 'inf' ? `${named}, from ${String(low)}` : `${named}, ${String(low)} to ${String(high)}`;
}

function labels(metric: Metric): string {
  return Object.entries(metric.labels)
    .map(([name, spec]) => `${code(name)}: ${values(spec)}`)
    .join('<br>');
}

function values(spec: LabelSpec): string {
  if (typeof spec !== 'string') return spec.map((value) => (value === '' ? 'none' : value)).join(', ');
  if (spec === 'const') return 'one';
  if (spec === 'target') return 'one a target';
  return `at most ${/\d+/.exec(spec)?.[0] ?? ''}`;
}

function meaning(metric: Metric): string {
  const { help, buckets, absentUntilFirst, zeroMeansUnset, since, deprecated, confirmed } = metric;
  return [
    /[.!?]$/.test(help) ? help : `${help}.`,
    buckets === undefined ? '' : `Needs a bucket at ${buckets.join(' and at ')}.`,
    absentUntilFirst ? 'Absent until its first event.' : '',
    zeroMeansUnset ? '0 means that nothing is set.' : '',
    since === undefined ? '' : `Since ${since}.`,
    deprecated === undefined ? '' : `Deprecated: ${deprecated}.`,
    confirmed.by === 'engine' ? `Seen: ${confirmed.source}.` : source(confirmed.source),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function source(text: string): string {
  return /^https?:/.test(text) ? `[Source](${text}).` : `Source: ${text.replace(/^docs: /, '')}.`;
}

function oldNames(files: readonly ContractFile[]): string[] {
  return [
    '## Old names',
    '',
    'The scrape of the job gives these their name in the contract. Type and meaning are the same, and no label has another',
    'name. A service exposes one of the names, never both: of two samples that become one, Prometheus keeps the first. Its',
    'list of types and meanings still has the old name.',
    '',
    '| Old name | Name | Job |',
    '| --- | --- | --- |',
    ...files.flatMap(({ contract }) =>
      contract.metrics.flatMap(({ name, aliases }) =>
        aliases.map((alias) => row([code(alias), code(name), code(contract.job)])),
      ),
    ),
    '',
  ];
}

function replacedNames(files: readonly ContractFile[]): string[] {
  return [
    '## Names that are not mapped',
    '',
    'What documents call by these names is told by another metric. Labels or meaning differ, so nothing maps them: the',
    'instrumentation has to change.',
    '',
    '| Name | Use | Because |',
    '| --- | --- | --- |',
    ...files.flatMap(({ contract }) =>
      contract.metrics.flatMap(({ name, replaces }) =>
        replaces.map((replaced) => row([code(replaced.name), code(name), replaced.because])),
      ),
    ),
    '',
  ];
}
