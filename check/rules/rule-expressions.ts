import { ruleExpression } from '../expressions/expression-use';
import type { ExpressionUse } from '../expressions/expression-use';
import type { ParsedPromql } from '../promql/parse';
import type { RuleView, RuleViews } from './rule-view';

/** The expression of a rule, with the rule. */
export interface RuleExpression {
  readonly view: RuleView;
  readonly use: ExpressionUse;
}

/** Every expression of every rule. */
export function ruleExpressions(
  { rules }: RuleViews,
  parse: (text: string) => ParsedPromql,
): RuleExpression[] {
  return rules.map((view) => {
    const kind = view.rule.alert === undefined ? 'record' : 'alert';
    const at = (offset: number) => view.at(['expr'], offset);
    return { view, use: ruleExpression(kind, view.file, view.rule.expr, at, parse) };
  });
}
