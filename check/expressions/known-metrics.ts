import { nearestName } from '../did-you-mean';
import type { Catalogue, Replacement } from '../metrics/catalogue';
import type { Scope } from '../metrics/scope';
import { walk } from '../promql/ast';
import type { ExpressionCheck, ExpressionProblem } from './problem';

/** `promql/unknown-metric`: a metric that neither the contract nor a recording rule has. */
export const knownMetrics: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind !== 'selector' || node.metric === undefined || node.metric.name.includes('$')) return;
    const { name, from, to } = node.metric;
    if (scope.series(name) !== undefined) return;
    const message = `no producer of the contract exposes "${name}" and no rule records it`;
    problems.push({ rule: 'promql/unknown-metric', from, to, message, hint: suggestion(name, scope) });
  });
  return problems;
};

function suggestion(name: string, scope: Scope): string {
  const canonical = canonicalName(name, scope.catalogue);
  if (canonical !== undefined) return `the contract calls it "${canonical}"`;
  const replacement = replacementOf(name, scope.catalogue);
  if (replacement !== undefined) return `use "${replacement.by}": ${replacement.because}`;
  const nearest = nearestName(name, scope.names());
  return nearest === undefined
    ? 'add it to metrics/ with the producer that exposes it'
    : `did you mean "${nearest}"?`;
}

/** An alias may stand for a histogram, whose parts are selected with a suffix. */
function canonicalName(name: string, { aliases }: Catalogue): string | undefined {
  const suffix = histogramSuffix(name);
  const base = aliases.get(name.slice(0, name.length - suffix.length));
  return aliases.get(name) ?? (base === undefined ? undefined : base + suffix);
}

function replacementOf(name: string, { replaced }: Catalogue): Replacement | undefined {
  return replaced.get(name) ?? replaced.get(name.slice(0, name.length - histogramSuffix(name).length));
}

function histogramSuffix(name: string): string {
  return /_(?:bucket|sum|count)$/.exec(name)?.[0] ?? '';
}
