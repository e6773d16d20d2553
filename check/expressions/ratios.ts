import type { Scope } from '../metrics/scope';
import { unwrap, walk } from '../promql/ast';
import type { Binary, Expr, Matcher, Selector } from '../promql/ast';
import { typeOf } from '../promql/type-check';
import { listed } from './problem';
import type { ExpressionCheck, ExpressionProblem } from './problem';

/**
 * `promql/one-sided-filter`: a ratio with a filter on one side while the filtered label stays in both results. Only equal label sets pair, so
 * each filtered series is divided by itself: the ratio is always 1.
 */
export const oneSidedFilters: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind === 'binary' && node.op.name === '/') problems.push(...filterProblems(node, scope));
  });
  return problems;
};

function filterProblems(ratio: Binary, scope: Scope): ExpressionProblem[] {
  const { left, right } = ratio;
  if (typeOf(left) !== 'vector' || typeOf(right) !== 'vector') return [];
  const paired = pairedLabels(ratio, scope);
  if (paired === undefined) return [];
  const [above, below] = [selectorsOf(left), selectorsOf(right)];
  return [
    ...above.flatMap((selector) => unmatched(selector, below, paired)),
    ...below.flatMap((selector) => unmatched(selector, above, paired)),
  ].map(({ matcher, sameMetric }) => ({
    rule: 'promql/one-sided-filter',
    severity: sameMetric ? 'error' : 'warning',
    from: matcher.from,
    to: matcher.to,
    message: `the filter on "${matcher.label}" is on one side only, and "${matcher.label}" stays in both results: only equal series pair`,
    hint: `aggregate both sides without it: sum(...) / sum(...), or sum by (${listed(paired.filter((label) => label !== matcher.label)) || '...'})`,
  }));
}

/** Labels that both sides still have and that must be equal for two series to pair. */
function pairedLabels({ left, right, matching }: Binary, scope: Scope): string[] | undefined {
  const [a, b] = [scope.labelsOf(left), scope.labelsOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const named = new Set(matching?.labels.map(({ name }) => name));
  return [...a].filter(
    (label) => b.has(label) && (matching === undefined || named.has(label) === matching.on),
  );
}

function unmatched(
  selector: Selector,
  others: readonly Selector[],
  paired: readonly string[],
): { matcher: Matcher; sameMetric: boolean }[] {
  return selector.matchers
    .filter((matcher) => paired.includes(matcher.label) && narrows(matcher))
    .filter((matcher) => others.length > 0 && others.every((other) => !hasMatcher(other, matcher.label)))
    .map((matcher) => ({
      matcher,
      sameMetric: others.some((other) => other.metric?.name === selector.metric?.name),
    }));
}

function hasMatcher(selector: Selector, label: string): boolean {
  return selector.matchers.some((matcher) => matcher.label === label);
}

/** "Is set at all" leaves nothing out that would pair otherwise. */
function narrows({ op, value }: Matcher): boolean {
  return !(op === '!=' && value === '') && !(op === '=~' && (value === '.+' || value === '.*'));
}

/** The selectors that give one side its samples; the right side of `and` and `unless` only chooses among them. */
function selectorsOf(expr: Expr): Selector[] {
  const node = unwrap(expr);
  switch (node.kind) {
    case 'selector':
      return [node];
    case 'matrix':
    case 'subquery':
    case 'unary':
      return selectorsOf(node.inner);
    case 'call':
    case 'aggregate':
      return node.args.flatMap(selectorsOf);
    case 'binary':
      return node.op.name === 'and' || node.op.name === 'unless'
        ? selectorsOf(node.left)
        : [...selectorsOf(node.left), ...selectorsOf(node.right)];
    default:
      return [];
  }
}

/** `promql/unset-denominator`: a division by something that is 0 where no limit is set, which gives +Inf. */
export const unsetDenominators: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind !== 'binary' || node.op.name !== '/') return;
    const divisor = unguarded(node.right, scope);
    if (divisor === undefined) return;
    const { from, to } = divisor;
    const message = `"${divisor.metric?.name ?? ''}" is 0 where no limit is set: the quotient is +Inf there`;
    problems.push({
      rule: 'promql/unset-denominator',
      from,
      to,
      message,
      hint: 'keep what is set: divide by (... > 0)',
    });
  });
  return problems;
};

function unguarded(expr: Expr, scope: Scope): Selector | undefined {
  const node = unwrap(expr);
  if (node.kind === 'selector') return scope.seriesOf(node)?.zeroMeansUnset ? node : undefined;
  if (node.kind === 'binary') return undefined;
  return node.kind === 'aggregate' || node.kind === 'call'
    ? node.args.map((arg) => unguarded(arg, scope)).find((found) => found !== undefined)
    : undefined;
}
