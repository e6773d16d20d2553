import type { Scope } from '../metrics/scope';
import { aggregated, unwrap, walk } from '../promql/ast';
import type { Call, Expr, Selector } from '../promql/ast';
import type { ExpressionCheck, ExpressionProblem } from './problem';

/** `promql/bare-histogram`: a histogram's own name, under which nothing is stored. */
export const bareHistograms: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind !== 'selector' || node.metric === undefined) return;
    if (scope.seriesOf(node)?.kind !== 'bare') return;
    const { name, from, to } = node.metric;
    problems.push({
      rule: 'promql/bare-histogram',
      from,
      to,
      message: `"${name}" is a histogram: it has no series of its own name`,
      hint: `for the mean divide rate(${name}_sum[5m]) by rate(${name}_count[5m]); for a quantile use ${name}_bucket`,
    });
  });
  return problems;
};

/** `promql/quantile`: histogram_quantile() over something other than rates of buckets with `le`. */
export const quantiles: ExpressionCheck = (expr, scope) => {
  const problems: ExpressionProblem[] = [];
  walk(expr, (node) => {
    if (node.kind === 'call' && node.callee.name === 'histogram_quantile')
      problems.push(...quantileProblems(node, scope));
  });
  return problems;
};

const rateFunctions: ReadonlySet<string> = new Set(['rate', 'increase', 'irate']);

function quantileProblems(call: Call, scope: Scope): ExpressionProblem[] {
  const argument = call.args[1];
  if (argument === undefined) return [];
  const problems: ExpressionProblem[] = [];
  for (const { selector, rated } of bucketSources(argument, false)) {
    const series = scope.seriesOf(selector);
    // Unknown and bare names have findings of their own; a recorded series is judged by its label le below.
    if (series === undefined || series.kind === 'bare' || series.kind === 'recorded') continue;
    const { from, to } = selector;
    const rule = 'promql/quantile';
    if (!series.bucket) {
      const message = `histogram_quantile() reads buckets, and "${series.name}" is not one`;
      problems.push({ rule, from, to, message, hint: 'select the _bucket series of a histogram' });
    } else if (!rated) {
      const message = `"${series.name}" is read without a rate: the quantile covers everything since the process started`;
      problems.push({ rule, from, to, message, hint: `write rate(${series.name}[5m])` });
    }
  }
  const labels = scope.labelsOf(argument);
  if (
    problems.length === 0 &&
    labels !== undefined &&
    !labels.has('le') &&
    readsKnownBuckets(argument, scope)
  ) {
    const message = 'the label "le" is gone before histogram_quantile() reads it: the result is empty';
    problems.push({
      rule: 'promql/quantile',
      from: argument.from,
      to: argument.to,
      message,
      hint: 'aggregate with sum by (le, ...)',
    });
  }
  return problems;
}

function readsKnownBuckets(argument: Expr, scope: Scope): boolean {
  return bucketSources(argument, false).every(({ selector }) => {
    const kind = scope.seriesOf(selector)?.kind;
    return kind !== undefined && kind !== 'bare';
  });
}

/** The selectors whose samples become buckets: what a join multiplies in from its "one" side is no bucket. */
function bucketSources(expr: Expr, rated: boolean): { selector: Selector; rated: boolean }[] {
  const node = unwrap(expr);
  switch (node.kind) {
    case 'selector':
      return [{ selector: node, rated }];
    case 'matrix':
    case 'subquery':
    case 'unary':
      return bucketSources(node.inner, rated);
    case 'call':
      return node.args
        .slice(0, 1)
        .flatMap((arg) => bucketSources(arg, rated || rateFunctions.has(node.callee.name)));
    case 'aggregate': {
      const inner = aggregated(node);
      return inner ? bucketSources(inner, rated) : [];
    }
    case 'binary':
      return bucketSources(node.matching?.group === 'right' ? node.right : node.left, rated).concat(
        node.op.name === 'or' ? bucketSources(node.right, rated) : [],
      );
    default:
      return [];
  }
}
