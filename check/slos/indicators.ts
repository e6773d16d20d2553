import type { MetricContract } from '../../content/metric-contract';
import type { YamlPath } from '../../content/yaml-file';
import { bareHistograms } from '../expressions/histograms';
import { knownMetrics } from '../expressions/known-metrics';
import { knownLabels } from '../expressions/labels';
import { listed } from '../expressions/problem';
import { findingAt, type Finding } from '../finding';
import type { Series } from '../metrics/catalogue';
import type { Scope } from '../metrics/scope';
import type { Selector } from '../promql/ast';
import type { ParsedPromql } from '../promql/parse';
import type { SloView } from './slo-view';

/** Name of this check. */
const RULE = 'slos/indicator';

/** What an indicator is held against. */
interface IndicatorSurroundings {
  readonly scope: Scope;
  readonly contracts: readonly MetricContract[];
  readonly parse: (text: string) => ParsedPromql;
}

/** One half of an indicator that can be used. */
interface Part {
  readonly path: YamlPath;
  readonly selector: Selector;
  readonly series: Series;
}

/** `slos/indicator`: good or bad events that are not counted, or that are not part of all events. */
export function indicatorFindings(view: SloView, surroundings: IndicatorSurroundings): Finding[] {
  const findings: Finding[] = [];
  const parts = Object.entries(view.slo.sli).map(([key, text]) => {
    const { part, found } = readPart(view, ['sli', key], text, surroundings);
    findings.push(...found);
    return part;
  });
  const total = parts.find((part) => part?.path[1] === 'total');
  const some = parts.find((part) => part !== undefined && part.path[1] !== 'total');
  if (total === undefined || some === undefined) return findings;
  return [
    ...findings,
    ...pairFindings(view, some, total),
    ...bucketFindings(view, some, surroundings.contracts),
  ];
}

function readPart(
  { file, at }: SloView,
  path: YamlPath,
  text: string,
  { scope, parse }: IndicatorSurroundings,
): { readonly part?: Part; readonly found: readonly Finding[] } {
  const { expr, errors } = parse(text);
  if (expr === undefined || errors.length > 0) {
    return { found: errors.map((error) => findingAt(file, at(path, error.from), { rule: RULE, ...error })) };
  }
  if (expr.kind !== 'selector' || expr.metric === undefined || expr.modified) {
    const message = `"${text}" is no plain selector of one metric`;
    const hint = 'name a counter, with labels where needed: rag_queries_total{status="error"}';
    return { found: [findingAt(file, at(path), { rule: RULE, message, hint })] };
  }
  const problems = [knownMetrics, knownLabels, bareHistograms].flatMap((check) => check(expr, scope));
  if (problems.length > 0)
    return { found: problems.map((problem) => findingAt(file, at(path, problem.from), problem)) };
  const series = scope.seriesOf(expr);
  if (series?.kind === 'counter') return { part: { path, selector: expr, series }, found: [] };
  const message = `"${expr.metric.name}" counts no events: it is no counter`;
  return {
    found: [
      findingAt(file, at(path), { rule: RULE, message, hint: 'use a counter, or parts of a histogram' }),
    ],
  };
}

/** The good or bad events must be some of all events: else their quotient is no share. */
function pairFindings({ file, at }: SloView, some: Part, total: Part): Finding[] {
  if (some.series.base !== total.series.base) {
    return [
      findingAt(file, at(some.path), {
        rule: RULE,
        severity: 'warning',
        message: `"${some.series.name}" and "${total.series.name}" are of two metrics: the one may count what the other does not`,
        hint: 'use one metric, and a label that tells the events apart',
      }),
    ];
  }
  const text = (part: Part): string[] =>
    part.selector.matchers.map(({ label, op, value }) => `${label}${op}"${value}"`);
  const missing = text(total).filter((matcher) => !text(some).includes(matcher));
  if (missing.length > 0) {
    const message = `all events are those with ${listed(missing)}, and the ${String(some.path[1])} ones are not`;
    return [
      findingAt(file, at(some.path), { rule: RULE, message, hint: 'give both the same conditions first' }),
    ];
  }
  const tells = text(some).length > text(total).length;
  // `le` alone is no condition on a label of the events but on their value.
  if (tells) return [];
  const message = `the ${String(some.path[1])} events are all events`;
  return [
    findingAt(file, at(some.path), { rule: RULE, message, hint: 'add the label that tells them apart' }),
  ];
}

/** A histogram knows only how many values lie below one of its bounds. */
function bucketFindings(
  { file, at }: SloView,
  { path, selector, series }: Part,
  contracts: readonly MetricContract[],
): Finding[] {
  if (!series.bucket) return [];
  const bound = selector.matchers.find(({ label, op }) => label === 'le' && op === '=')?.value;
  if (bound === undefined) {
    const message = `"${series.name}" without le="..." counts each value once for each bucket`;
    return [findingAt(file, at(path), { rule: RULE, message, hint: 'add the bound, such as le="2.0"' })];
  }
  const metric = contracts.flatMap(({ metrics }) => metrics).find(({ name }) => name === series.base);
  const findings: Finding[] = [];
  if (metric?.buckets?.includes(Number(bound)) !== true) {
    const message = `the contract does not ask for a bucket of "${series.base}" at ${bound}`;
    const hint = `add ${String(Number(bound))} to its buckets in metrics/, so that the service has it`;
    findings.push(findingAt(file, at(path), { rule: RULE, message, hint }));
  }
  if (bound !== canonicalBound(Number(bound))) {
    const message = `Prometheus writes the bound ${bound} as le="${canonicalBound(Number(bound))}"`;
    findings.push(findingAt(file, at(path), { rule: RULE, message, hint: 'write it so' }));
  }
  return findings;
}

/** How Prometheus 3 stores a bound: with a point, whatever the service writes. */
function canonicalBound(bound: number): string {
  return Number.isInteger(bound) ? `${String(bound)}.0` : String(bound);
}
