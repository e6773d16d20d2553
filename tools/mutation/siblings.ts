import { seriesNames, type MetricContract } from '../../content/metric-contract';
import { byCodePoint } from '../../content/position';
import type { SiblingOf } from './expression-edits';

/**
 * Finds for each metric the one whose name is nearest among those of its kind: a part of a histogram is told from the
 * same part of another one, a counter from a counter, a recorded series from one of the same level.
 *
 * @param recorded names of all recorded series
 */
export function siblings(contracts: readonly MetricContract[], recorded: readonly string[]): SiblingOf {
  const kinds = new Map<string, string>();
  for (const { metrics } of contracts) {
    for (const metric of metrics) {
      for (const name of seriesNames(metric))
        kinds.set(name, `${metric.type}${name.slice(metric.name.length)}`);
    }
  }
  for (const name of recorded) kinds.set(name, `recorded ${name.split(':')[0] ?? ''}`);
  const found = new Map<string, string | undefined>();
  return (metric) => {
    if (!found.has(metric)) found.set(metric, nearest(metric, kinds));
    return found.get(metric);
  };
}

function nearest(metric: string, kinds: ReadonlyMap<string, string>): string | undefined {
  const kind = kinds.get(metric);
  if (kind === undefined) return undefined;
  const others = [...kinds].flatMap(([name, other]) => (other === kind && name !== metric ? [name] : []));
  const distance = (name: string): number => -commonStart(name, metric);
  return others.sort((a, b) => distance(a) - distance(b) || byCodePoint(a, b))[0];
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charAt(length) === b.charAt(length)) length += 1;
  return length;
}
