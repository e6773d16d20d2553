import { aggregated, unwrap } from '../promql/ast';
import type { Aggregate, Binary, Call, Expr, Selector } from '../promql/ast';
import { typeOf } from '../promql/type-check';
import type { Scope } from './scope';

/** The labels that a sample of a result may carry; undefined where that is not known. */
export type Labels = ReadonlySet<string> | undefined;

const none: ReadonlySet<string> = new Set();

/**
 * Which labels can be left after an operation, by the rules of Prometheus' engine (promql/engine.go, `resultMetric`).
 * The set is an upper bound: a label outside it is certainly not there.
 */
export function labelsOf(expr: Expr, scope: Scope): Labels {
  switch (expr.kind) {
    case 'selector':
      return scope.seriesOf(expr)?.labels;
    case 'matrix':
    case 'subquery':
    case 'unary':
    case 'paren':
      return scope.labelsOf(expr.inner);
    case 'call':
      return callLabels(expr, scope);
    case 'aggregate':
      return aggregateLabels(expr, scope);
    case 'binary':
      return binaryLabels(expr, scope);
    default:
      return none;
  }
}

function callLabels({ callee, args }: Call, scope: Scope): Labels {
  const source = args.find((arg) => typeOf(arg) === 'vector' || typeOf(arg) === 'matrix');
  const before = source ? scope.labelsOf(source) : none;
  switch (callee.name) {
    case 'absent':
    case 'absent_over_time':
      return source ? equalityLabels(source) : none;
    case 'scalar':
    case 'vector':
      return none;
    case 'histogram_quantile':
    case 'histogram_fraction':
      return before && new Set([...before].filter((label) => label !== 'le'));
    case 'label_replace':
    case 'label_join': {
      const target = args[1];
      return before && target?.kind === 'string' ? new Set([...before, target.value]) : undefined;
    }
    case 'info':
      return undefined;
    default:
      return before;
  }
}

/** `absent()` gives the labels that its selector pins with `=`, and none for anything else. */
function equalityLabels(source: Expr): Labels {
  const inner = unwrap(source);
  const selector = inner.kind === 'matrix' ? inner.inner : inner;
  if (selector.kind !== 'selector') return none;
  return new Set(
    (selector satisfies Selector).matchers.filter(({ op }) => op === '=').map(({ label }) => label),
  );
}

function aggregateLabels(node: Aggregate, scope: Scope): Labels {
  const inner = aggregated(node);
  const before = inner && scope.labelsOf(inner);
  const name = node.op.name.toLowerCase();
  // These choose among the samples and leave them whole; by() only says among which.
  if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(name)) return before;
  const [target] = node.args;
  const added = name === 'count_values' && target?.kind === 'string' ? [target.value] : [];
  const named = new Set(node.grouping?.labels.map((label) => label.name));
  if (!node.grouping?.without) {
    return new Set([...named].filter((label) => before === undefined || before.has(label)).concat(added));
  }
  return before && new Set([...before].filter((label) => !named.has(label)).concat(added));
}

function binaryLabels({ op, matching, left, right }: Binary, scope: Scope): Labels {
  if (typeOf(left) === 'scalar') return scope.labelsOf(right);
  const many = matching?.group === 'right' ? right : left;
  const one = matching?.group === 'right' ? left : right;
  const before = scope.labelsOf(many);
  if (typeOf(right) === 'scalar' || op.name === 'and' || op.name === 'unless') return before;
  if (op.name === 'or') {
    const other = scope.labelsOf(one);
    return before && other && new Set([...before, ...other]);
  }
  if (matching?.group) return before && new Set([...before, ...matching.include.map(({ name }) => name)]);
  if (matching === undefined) return before;
  const named = new Set(matching.labels.map(({ name }) => name));
  if (!matching.on) return before && new Set([...before].filter((label) => !named.has(label)));
  return new Set([...named].filter((label) => before === undefined || before.has(label)));
}
