import type { LabelSpec, Metric, MetricContract } from '../../content/metric-contract';
import { exposedLabels } from './exposition';
import type { ExposedMetric, Exposition } from './exposition';
import { meaningOf } from './help';

/** What a program tells otherwise than the contract. */
export type Difference =
  | { readonly kind: 'gone'; readonly metric: string }
  | { readonly kind: 'type'; readonly metric: string; readonly contract: string; readonly program: string }
  | { readonly kind: 'help'; readonly metric: string; readonly contract: string; readonly program: string }
  | {
      readonly kind: 'labels';
      readonly metric: string;
      readonly contract: readonly string[];
      readonly program: readonly string[];
    }
  | { readonly kind: 'value'; readonly metric: string; readonly label: string; readonly program: string }
  | { readonly kind: 'count'; readonly metric: string; readonly label: string; readonly program: number }
  | { readonly kind: 'source'; readonly metric: string; readonly contract: string; readonly program: string }
  | { readonly kind: 'range'; readonly metric: string; readonly program: number };

/** Types of a program that a type of the contract may stand for: programs have no type for `info`. */
function fits(contract: Metric['type'], program: string): boolean {
  if (program === 'untyped' || program === 'unknown')
    return contract !== 'histogram' && contract !== 'summary';
  return contract === program || (contract === 'info' && program === 'gauge');
}

/**
 * What differs between a contract and its program.
 *
 * Labels can be compared only where the program shows a sample, and a metric that is absent until its first event may
 * be absent altogether.
 */
export function differences(
  { metrics }: Pick<MetricContract, 'metrics'>,
  exposition: Exposition,
): Difference[] {
  return metrics.flatMap((metric) => {
    const exposed = exposition.get(metric.name);
    if (exposed === undefined || (exposed.samples.length === 0 && !metric.absentUntilFirst)) {
      return metric.absentUntilFirst ? [] : [{ kind: 'gone', metric: metric.name } as const];
    }
    return [
      ...typeDifference(metric, exposed),
      ...helpDifference(metric, exposed),
      ...(exposed.samples.length === 0 ? [] : labelDifferences(metric, exposed)),
      ...rangeDifference(metric, exposed),
    ];
  });
}

function typeDifference({ name, type }: Metric, exposed: ExposedMetric): Difference[] {
  return fits(type, exposed.type)
    ? []
    : [{ kind: 'type', metric: name, contract: type, program: exposed.type }];
}

function helpDifference({ name, help }: Metric, exposed: ExposedMetric): Difference[] {
  const meaning = meaningOf(exposed.help);
  return meaning === undefined || meaning === help
    ? []
    : [{ kind: 'help', metric: name, contract: help, program: meaning }];
}

function labelDifferences({ name, labels }: Metric, exposed: ExposedMetric): Difference[] {
  const found = exposedLabels(exposed);
  const contract = Object.keys(labels).sort();
  const program = [...found.keys()].sort();
  const values = Object.entries(labels).flatMap(([label, spec]): Difference[] =>
    valueDifferences(name, label, spec, found.get(label) ?? new Set()),
  );
  return contract.join() === program.join()
    ? values
    : [{ kind: 'labels', metric: name, contract, program }, ...values];
}

function valueDifferences(
  metric: string,
  label: string,
  spec: LabelSpec,
  found: ReadonlySet<string>,
): Difference[] {
  if (typeof spec !== 'string') {
    const unknown = [...found].filter((value) => !spec.includes(value));
    return unknown.map((program) => ({ kind: 'value', metric, label, program }));
  }
  const bound = spec === 'const' ? 1 : Number(/\((\d+)\)/.exec(spec)?.[1] ?? Infinity);
  return found.size > bound ? [{ kind: 'count', metric, label, program: found.size }] : [];
}

/** Values of the metric itself: of a histogram or summary only what was observed has a range, which its parts do not show. */
function rangeDifference({ name, range }: Metric, { samples }: ExposedMetric): Difference[] {
  if (range === undefined) return [];
  const [least, most] = range;
  const outside = samples.find(
    (sample) => sample.name === name && (sample.value < least || (most !== 'inf' && sample.value > most)),
  );
  return outside === undefined ? [] : [{ kind: 'range', metric: name, program: outside.value }];
}

/** Confirmations by another version than the one that runs here. */
export function sourceDifferences(
  { metrics }: Pick<MetricContract, 'metrics'>,
  version: string,
): Difference[] {
  return metrics.flatMap(({ name, confirmed }) => {
    const program = confirmed.source.replace(/\d+(\.\d+)+/, version);
    return confirmed.by === 'documentation' || program === confirmed.source
      ? []
      : [{ kind: 'source', metric: name, contract: confirmed.source, program }];
  });
}

/** Names that a program exposes and the contract has not. */
export function notInContract(exposition: Exposition, contracts: readonly MetricContract[]): string[] {
  const known = new Set(contracts.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  return [...exposition.keys()].filter((name) => !known.has(name)).sort();
}

/** A difference in words. */
export function differenceText(difference: Difference): string {
  const { metric } = difference;
  switch (difference.kind) {
    case 'gone':
      return `${metric} is gone`;
    case 'type':
      return `${metric} is a ${difference.program}, no ${difference.contract}`;
    case 'help':
      return `${metric} means "${difference.program}", where the contract has "${difference.contract}"`;
    case 'labels':
      return `${metric} has the labels ${listed(difference.program)}, where the contract has ${listed(difference.contract)}`;
    case 'value':
      return `${metric} has ${difference.label}="${difference.program}", which the contract does not allow`;
    case 'count':
      return `${metric} has ${String(difference.program)} values of ${difference.label}, more than the contract allows`;
    case 'source':
      return `${metric} is confirmed by ${difference.contract}, and ${difference.program} runs here`;
    case 'range':
      return `${metric} is ${String(difference.program)}, outside the contract's range`;
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
