import { soundExpression } from '../expressions/expression-use';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import type { Scope } from '../metrics/scope';
import type { RuleExpression } from './rule-expressions';
import { templateLabels, templateUnits } from './templates';

/** `alerts/template-label` and `alerts/template-unit` for the labels and annotations of every alert. */
export function templateFindings(expressions: readonly RuleExpression[], scope: Scope): Finding[] {
  return expressions.flatMap(({ view, use }) => {
    const expr = soundExpression(use);
    if (expr === undefined || view.rule.alert === undefined) return [];
    return (['labels', 'annotations'] as const).flatMap((field) =>
      Object.entries(view.rule[field] ?? {}).flatMap(([key, text]) =>
        [...templateLabels(text, expr, scope), ...templateUnits(text, expr, scope)].map(
          ({ from, ...problem }) => findingAt(view.file, view.at([field, key], from), problem),
        ),
      ),
    );
  });
}
