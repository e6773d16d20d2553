import { findingAt } from '../finding';
import type { Finding } from '../finding';
import type { Scope } from '../metrics/scope';
import { typeOf } from '../promql/type-check';
import type { Expr } from '../promql/ast';
import { alertExpressionChecks, expressionChecks, selectorChecks } from './all';
import { soundExpression } from './expression-use';
import type { ExpressionUse, UseKind } from './expression-use';
import type { ExpressionCheck, ExpressionProblem } from './problem';

/** Holds every expression against PromQL (`promql/invalid`) and, where it is sound, against the metric contract. */
export function checkExpressions(uses: readonly ExpressionUse[], scope: Scope): Finding[] {
  const problemsByText = new Map<string, readonly ExpressionProblem[]>();
  return uses.flatMap((use) => {
    const key = `${use.kind} ${use.text}`;
    let problems = problemsByText.get(key);
    if (problems === undefined) {
      problems = problemsOf(use, scope);
      problemsByText.set(key, problems);
    }
    return problems.map((problem) => findingAt(use.file, use.at(problem.from), problem));
  });
}

function problemsOf(use: ExpressionUse, scope: Scope): ExpressionProblem[] {
  const expr = soundExpression(use);
  if (expr === undefined) return use.parsed.errors.map((error) => ({ rule: 'promql/invalid', ...error }));
  return [...resultProblems(expr), ...checksFor(use.kind).flatMap((check) => check(expr, scope))];
}

function checksFor(kind: UseKind): readonly ExpressionCheck[] {
  if (kind === 'selector') return selectorChecks;
  return kind === 'alert' ? [...expressionChecks, ...alertExpressionChecks] : expressionChecks;
}

/** A rule or panel cannot do anything with a whole range or a text. */
function resultProblems(expr: Expr): ExpressionProblem[] {
  const type = typeOf(expr);
  if (type === 'vector' || type === 'scalar') return [];
  const message = `the result is a ${type === 'matrix' ? 'range vector' : 'string'}; one value for each series is expected`;
  const hint = 'use a function over the range, such as rate() or increase()';
  return [{ rule: 'promql/invalid', from: expr.from, to: expr.to, message, hint }];
}
