import type { Scope } from '../metrics/scope';
import { aggregated, unwrap, walk } from '../promql/ast';
import type { Call, Expr, Selector } from '../promql/ast';
import { isComparison, typeOf } from '../promql/type-check';
import type { ExpressionCheck, ExpressionProblem } from './problem';

const counterFunctions: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'resets']);
const gaugeFunctions: ReadonlySet<string> = new Set(['delta', 'idelta', 'deriv', 'predict_linear']);

/** `promql/function-type`: rate() and its like on what is no counter, delta() and its like on a counter. By type, never by the name's end. */
export const functionTypes: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind !== 'call') return;
    const selector = rangedSelector(node);
    const series = selector && scope.seriesOf(selector);
    if (selector === undefined || series === undefined || series.kind === 'bare') return;
    const { from, to } = node.callee;
    const { name } = node.callee;
    const rule = 'promql/function-type';
    if (counterFunctions.has(name) && series.kind !== 'counter') {
      const what = series.kind === 'recorded' ? 'the result of a recording rule' : 'a gauge';
      const hint =
        series.kind === 'recorded'
          ? 'record the rate, and use avg_over_time() or sum_over_time() on it'
          : 'use delta(), deriv() or avg_over_time()';
      problems.push({
        rule,
        from,
        to,
        message: `${name}() works on counters, and "${series.name}" is ${what}`,
        hint,
      });
    } else if (gaugeFunctions.has(name) && series.kind === 'counter') {
      const message = `${name}() works on gauges, and "${series.name}" is a counter: a restart counts as a fall`;
      problems.push({ rule, from, to, message, hint: 'use increase() or rate()' });
    }
  });
  return problems;
};

function rangedSelector(call: Call): Selector | undefined {
  const matrix = call.args.find((arg) => arg.kind === 'matrix');
  return matrix?.kind === 'matrix' && matrix.inner.kind === 'selector' ? matrix.inner : undefined;
}

/** `promql/raw-counter`: the value of a counter itself, which only says how long its process has been running. */
export const rawCounters: ExpressionCheck = (expr, scope) => {
  const selector = rawSource(expr, scope);
  if (selector === undefined) return [];
  const name = selector.metric?.name ?? '';
  const { from, to } = selector;
  const message = `the counter "${name}" is used as it stands: it only grows, and starts at 0 with each restart`;
  return [
    {
      rule: 'promql/raw-counter',
      from,
      to,
      message,
      hint: `use increase(${name}[...]) or rate(${name}[...])`,
    },
  ];
};

const passing: ReadonlySet<string> = new Set(
  'abs avg_over_time ceil clamp clamp_max clamp_min floor label_join label_replace last_over_time max_over_time min_over_time round scalar sort sort_desc'.split(
    ' ',
  ),
);
const counting: ReadonlySet<string> = new Set(['count', 'group', 'count_values']);

/** The counter whose own value an expression gives, if it gives one. */
function rawSource(expr: Expr, scope: Scope): Selector | undefined {
  const node = unwrap(expr);
  switch (node.kind) {
    case 'selector':
      return scope.seriesOf(node)?.kind === 'counter' ? node : undefined;
    case 'matrix':
    case 'subquery':
    case 'unary':
      return rawSource(node.inner, scope);
    case 'call':
      return passing.has(node.callee.name) && node.args[0] ? rawSource(node.args[0], scope) : undefined;
    case 'aggregate': {
      const inner = aggregated(node);
      return inner && !counting.has(node.op.name.toLowerCase()) ? rawSource(inner, scope) : undefined;
    }
    case 'binary': {
      const left = rawSource(node.left, scope);
      if (isComparison(node.op.name) || node.op.name === 'and' || node.op.name === 'unless') return left;
      const right = rawSource(node.right, scope);
      // A counter minus itself some time ago is an increase by hand.
      return node.op.name === '-' && left && right ? undefined : (left ?? right);
    }
    default:
      return undefined;
  }
}

/**
 * `promql/per-series-threshold`: an alert that compares the rate of each series with a number. Each pod, route and status has its own series, so
 * the number means something else with each new pod; zero ("any at all") is the exception.
 */
export const perSeriesThresholds: ExpressionCheck = (expr) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind !== 'binary' || !isComparison(node.op.name) || typeOf(node.right) !== 'scalar') return;
    const limit = unwrap(node.right);
    if (limit.kind === 'number' && limit.value === 0) return;
    const source = unwrap(node.left);
    if (source.kind !== 'call' || !counterFunctions.has(source.callee.name)) return;
    const { from, to } = source;
    const message = `${source.callee.name}() is compared for each series alone: for each pod, route and status`;
    const hint = 'aggregate first, with sum by (...); for a share divide by the sum of all';
    problems.push({ rule: 'promql/per-series-threshold', from, to, message, hint });
  });
  return problems;
};
