import { didYouMean } from '../did-you-mean';
import type { Series } from '../metrics/catalogue';
import type { Scope } from '../metrics/scope';
import { aggregated, walk } from '../promql/ast';
import type { Aggregate, Binary, Expr, Matcher, Name, Selector } from '../promql/ast';
import { matches } from '../promql/regexps';
import { listed } from './problem';
import type { ExpressionCheck, ExpressionProblem } from './problem';

/** `promql/unknown-label`: a label that the metric does not have, or that is gone at this point. `promql/impossible-matcher`: a value that it never has. */
export const knownLabels: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind === 'selector') problems.push(...selectorProblems(node, scope));
    else if (node.kind === 'aggregate') problems.push(...groupingProblems(node, scope));
    else if (node.kind === 'binary') problems.push(...matchingProblems(node, scope));
  });
  return problems;
};

function selectorProblems(selector: Selector, scope: Scope): ExpressionProblem[] {
  const series = scope.seriesOf(selector);
  if (series?.labels === undefined) return [];
  const { labels, name } = series;
  return selector.matchers.flatMap((matcher) => {
    const { label, from, to } = matcher;
    if (label === '__name__') return [];
    if (labels.has(label)) return valueProblems(matcher, series);
    const message = `"${name}" has no label "${label}"; it has ${listed(labels)}`;
    return [
      {
        rule: 'promql/unknown-label',
        from,
        to,
        message,
        hint: didYouMean(label, labels) ?? 'remove the matcher',
      },
    ];
  });
}

function valueProblems({ label, op, value, from, to }: Matcher, series: Series): ExpressionProblem[] {
  const values = series.values.get(label);
  // A Grafana variable is only known in the browser; a value that is excluded may well be absent.
  if (values === undefined || value === '' || /\$|\[\[/.test(value) || op.startsWith('!')) return [];
  const found = op === '=' ? values.includes(value) : values.some((known) => matches(value, known));
  if (found) return [];
  const message = `"${label}" of "${series.name}" is never ${op}"${value}"; it is one of ${listed(values)}`;
  return [
    {
      rule: 'promql/impossible-matcher',
      from,
      to,
      message,
      hint: didYouMean(value, values) ?? 'use one of these',
    },
  ];
}

function groupingProblems(node: Aggregate, scope: Scope): ExpressionProblem[] {
  const inner = aggregated(node);
  if (inner === undefined || node.grouping === undefined) return [];
  return absentLabels(node.grouping.labels, inner, scope);
}

function matchingProblems({ matching, left, right }: Binary, scope: Scope): ExpressionProblem[] {
  if (matching === undefined) return [];
  const one = matching.group === 'right' ? left : right;
  const named = matching.on
    ? [left, right].flatMap((side) => absentLabels(matching.labels, side, scope))
    : [];
  return [...named, ...absentLabels(matching.include, one, scope)];
}

function absentLabels(names: readonly Name[], expr: Expr, scope: Scope): ExpressionProblem[] {
  const labels = scope.labelsOf(expr);
  if (labels === undefined) return [];
  return names
    .filter(({ name }) => !labels.has(name))
    .map(({ name, from, to }) => ({
      rule: 'promql/unknown-label',
      from,
      to,
      message: `no sample has the label "${name}" here; what can be left is ${listed(labels) || 'none'}`,
      hint: didYouMean(name, labels) ?? 'remove it, or keep it in the aggregation inside',
    }));
}
