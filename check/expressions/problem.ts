import type { Scope } from '../metrics/scope';
import type { Expr, Span } from '../promql/ast';

/** What an expression check found, and where in the expression's text. */
export interface ExpressionProblem extends Span {
  readonly rule: string;
  /** @default 'error' */
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
}

/** Looks at one well-formed expression in the light of the metric contract. */
export type ExpressionCheck = (expr: Expr, scope: Scope) => readonly ExpressionProblem[];

/** Names in the order of the alphabet, for messages. */
export function listed(names: Iterable<string>): string {
  return [...names].sort().join(', ');
}
