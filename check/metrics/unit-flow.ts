import { aggregated, unwrap, walk } from '../promql/ast';
import type { Aggregate, Binary, Call, Expr } from '../promql/ast';
import { isComparison } from '../promql/type-check';
import type { Scope } from './scope';
import { perSecond, quotient } from './unit';
import type { Unit } from './unit';

/** Functions whose result has the unit of what they are given. */
const keepUnit: ReadonlySet<string> = new Set(
  [
    'abs ceil clamp clamp_max clamp_min floor label_join label_replace last_over_time round scalar sort sort_desc vector',
    'avg_over_time delta idelta increase max_over_time min_over_time predict_linear quantile_over_time stddev_over_time',
  ].flatMap((names) => names.split(' ')),
);
const perSecondFunctions: ReadonlySet<string> = new Set(['rate', 'irate', 'deriv']);
const keepUnitAggregations: ReadonlySet<string> = new Set(
  'avg bottomk limitk max min quantile stddev sum topk'.split(' '),
);

/** What an expression measures; undefined where that is not known, which is never a finding. */
export function unitOf(expr: Expr, scope: Scope): Unit | undefined {
  switch (expr.kind) {
    case 'selector':
      return scope.seriesOf(expr)?.unit;
    case 'matrix':
    case 'subquery':
    case 'unary':
    case 'paren':
      return scope.unitOf(expr.inner);
    case 'call':
      return callUnit(expr, scope);
    case 'aggregate':
      return aggregateUnit(expr, scope);
    case 'binary':
      return binaryUnit(expr, scope);
    default:
      return undefined;
  }
}

function callUnit({ callee, args }: Call, scope: Scope): Unit | undefined {
  const { name } = callee;
  if (name === 'histogram_quantile') return args[1] && bucketUnit(args[1], scope);
  const source = name === 'quantile_over_time' ? args[1] : args[0];
  const unit = source && scope.unitOf(source);
  if (unit && perSecondFunctions.has(name)) return perSecond(unit);
  return keepUnit.has(name) ? unit : undefined;
}

/** A quantile is a value of the histogram, whatever rate its buckets are read at. */
function bucketUnit(expr: Expr, scope: Scope): Unit | undefined {
  let found: Unit | undefined;
  walk(expr, (node) => {
    const series = node.kind === 'selector' ? scope.seriesOf(node) : undefined;
    if (series?.bucket) found ??= series.unit;
  });
  return found;
}

function aggregateUnit(node: Aggregate, scope: Scope): Unit | undefined {
  const inner = aggregated(node);
  return inner && keepUnitAggregations.has(node.op.name.toLowerCase()) ? scope.unitOf(inner) : undefined;
}

function binaryUnit({ op, bool, left, right }: Binary, scope: Scope): Unit | undefined {
  const a = scope.unitOf(left);
  const b = scope.unitOf(right);
  if (bool) return undefined;
  if (isComparison(op.name) || op.name === 'and' || op.name === 'unless') return a;
  switch (op.name) {
    case 'or':
    case '+':
    case '-':
      return a ?? b;
    case '*':
      return product(left, right, a, b);
    case '/': {
      const factor = constant(right);
      if (factor !== undefined) return a && { of: a.of, scale: a.scale / factor };
      return a && b && quotient(a, b);
    }
    default:
      return undefined;
  }
}

function product(left: Expr, right: Expr, a: Unit | undefined, b: Unit | undefined): Unit | undefined {
  const factor = constant(right) ?? constant(left);
  const unit = constant(right) === undefined ? b : a;
  if (factor !== undefined) return unit && { of: unit.of, scale: unit.scale * factor };
  if (a?.of === 'ratio' && b) return { of: b.of, scale: a.scale * b.scale };
  if (b?.of === 'ratio' && a) return { of: a.of, scale: a.scale * b.scale };
  return undefined;
}

/** The value of a plain number. */
export function constant(expr: Expr): number | undefined {
  const inner = unwrap(expr);
  if (inner.kind === 'number') return inner.value;
  if (inner.kind !== 'unary') return undefined;
  const value = constant(inner.inner);
  return value === undefined || inner.op === '+' ? value : -value;
}
