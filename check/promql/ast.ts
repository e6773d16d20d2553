/** A stretch of an expression's text, in UTF-16 units; `to` is one past the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The types of PromQL values. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

/** A name and where it stands. */
export interface Name extends Span {
  readonly name: string;
}

/** One condition on a label: `status=~"5.."`. */
export interface Matcher extends Span {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A number or a duration used as a number; `value` is undefined where the text is no number. */
export interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly value: number;
}

/** A string argument, decoded. */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** `name{matchers}`; `metric` is undefined where the name is a pattern or not given. */
export interface Selector extends Span {
  readonly kind: 'selector';
  readonly metric?: Name;
  readonly matchers: readonly Matcher[];
  /** True once `offset`, `@`, `anchored` or `smoothed` follow: a range may not come after them. */
  readonly modified: boolean;
}

/** `selector[range]`; seconds, undefined where the range is computed. */
export interface Matrix extends Span {
  readonly kind: 'matrix';
  readonly inner: Expr;
  readonly range: number | undefined;
}

/** `expr[range:step]`; seconds. */
export interface Subquery extends Span {
  readonly kind: 'subquery';
  readonly inner: Expr;
  readonly range: number | undefined;
}

/** A function call. */
export interface Call extends Span {
  readonly kind: 'call';
  readonly callee: Name;
  readonly args: readonly Expr[];
}

/** `sum by (a) (expr)`, `topk(3, expr)`. */
export interface Aggregate extends Span {
  readonly kind: 'aggregate';
  readonly op: Name;
  readonly grouping?: { readonly without: boolean; readonly labels: readonly Name[] };
  readonly args: readonly Expr[];
}

/** `on (a) group_left (b)`. */
export interface Matching extends Span {
  readonly on: boolean;
  readonly labels: readonly Name[];
  readonly group?: 'left' | 'right';
  readonly include: readonly Name[];
}

/** A binary operation. */
export interface Binary extends Span {
  readonly kind: 'binary';
  readonly op: Name;
  readonly bool: boolean;
  readonly matching?: Matching;
  /** True with a `fill` modifier, which needs a feature flag. */
  readonly fill: boolean;
  readonly left: Expr;
  readonly right: Expr;
}

/** `-expr` or `+expr`. */
export interface Unary extends Span {
  readonly kind: 'unary';
  readonly op: string;
  readonly inner: Expr;
}

/** `(expr)`. */
export interface Paren extends Span {
  readonly kind: 'paren';
  readonly inner: Expr;
}

/** Any PromQL expression. */
export type Expr =
  NumberLiteral | StringLiteral | Selector | Matrix | Subquery | Call | Aggregate | Binary | Unary | Paren;

/** What is wrong with an expression, and where in it. */
export interface PromqlError extends Span {
  readonly message: string;
  readonly hint: string;
}

/** Aggregations that take a parameter before the vector. */
export const parameterAggregations: ReadonlySet<string> = new Set([
  'topk',
  'bottomk',
  'quantile',
  'count_values',
  'limitk',
  'limit_ratio',
]);

/** The vector that an aggregation works on. */
export function aggregated(node: Aggregate): Expr | undefined {
  return node.args[node.args.length - 1];
}

/** The expression inside any number of parentheses. */
export function unwrap(expr: Expr): Expr {
  return expr.kind === 'paren' ? unwrap(expr.inner) : expr;
}

/** The direct parts of an expression, in the order of the text. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
    case 'aggregate':
      return expr.args;
    case 'binary':
      return [expr.left, expr.right];
    case 'matrix':
    case 'subquery':
    case 'unary':
    case 'paren':
      return [expr.inner];
    default:
      return [];
  }
}

/** Calls `visit` for an expression and everything below it. */
export function walk(expr: Expr, visit: (node: Expr) => void): void {
  visit(expr);
  for (const child of children(expr)) walk(child, visit);
}
