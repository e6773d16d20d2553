import type { Position } from '../../content/position';
import { replacePlaceholders } from '../../content/placeholders';
import { withoutVariables } from '../promql/grafana-variables';
import type { Expr } from '../promql/ast';
import type { ParsedPromql } from '../promql/parse';

/** Who asks: decides which checks apply. `selector` lists series and computes nothing. */
export type UseKind = 'alert' | 'record' | 'panel' | 'selector';

/** One expression of a rule or dashboard, parsed. */
export interface ExpressionUse {
  readonly kind: UseKind;
  readonly file: string;
  /** The text as parsed: placeholders and variables replaced by something of the same length. */
  readonly text: string;
  readonly parsed: ParsedPromql;
  /** Place of an offset of the text. */
  readonly at: (offset: number) => Position;
}

type Parse = (text: string) => ParsedPromql;

/** The expression of a rule, with a number in place of each placeholder. */
export function ruleExpression(
  kind: 'alert' | 'record',
  file: string,
  text: string,
  at: ExpressionUse['at'],
  parse: Parse,
): ExpressionUse {
  const plain = replacePlaceholders(text, ({ length }) => `${'0'.repeat(length - 1)}1`);
  return { kind, file, text: plain, parsed: parse(plain), at };
}

/** An expression of a dashboard, with something fitting in place of each variable. */
export function dashboardExpression(
  kind: 'panel' | 'selector',
  file: string,
  text: string,
  at: ExpressionUse['at'],
  parse: Parse,
): ExpressionUse {
  const candidates = withoutVariables(text).map((plain) => ({ plain, parsed: parse(plain) }));
  const good = candidates.find(({ parsed }) => parsed.errors.length === 0) ?? candidates[0];
  return { kind, file, text: good?.plain ?? text, parsed: good?.parsed ?? { errors: [] }, at };
}

/** The expression of a use that has no syntax or type error. */
export function soundExpression({ parsed }: ExpressionUse): Expr | undefined {
  return parsed.errors.length === 0 ? parsed.expr : undefined;
}
