import type { Binary, Expr, Name, PromqlError, Selector } from './ast';

/** What follows an expression: a range, a subquery, `offset`, `@`, `anchored` or `smoothed`. */
export interface Postfix {
  readonly kind: 'range' | 'subquery' | 'modifier';
  /** Name for messages: `offset`, `@`. */
  readonly name: string;
  /** Seconds of a range; undefined where it is computed. */
  readonly range: number | undefined;
  readonly from: number;
  readonly to: number;
}

/** The middle of a binary operation. */
export type Operator = Pick<Binary, 'op' | 'bool' | 'matching' | 'fill'>;

/** One part of a flat run of operands and operators, in the order of the text. */
export type Item =
  | { readonly kind: 'operand'; readonly expr: Expr }
  | { readonly kind: 'operator'; readonly operator: Operator }
  | { readonly kind: 'prefix'; readonly op: Name }
  | { readonly kind: 'postfix'; readonly postfix: Postfix };

/** Binding strength; `^` binds to the right. Source: promql/parser/generated_parser.y. */
const strength: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};

const prefixStrength = 5;

/**
 * Puts a flat run together as Prometheus does. The editor's grammar (lezer-promql) binds what follows an operand to
 * the whole operation before it (`a + b offset 5m`) and a sign before `^`, so its own nesting cannot be used.
 */
export class Reassociation {
  private at = 0;

  constructor(
    private readonly items: readonly Item[],
    private readonly report: (error: PromqlError) => void,
  ) {}

  /** @returns the expression, or undefined where an operand is missing, which the grammar has reported */
  expression(least = 0): Expr | undefined {
    let left = this.operand();
    while (left !== undefined) {
      const item = this.items[this.at];
      if (item?.kind !== 'operator') break;
      const own = strength[item.operator.op.name] ?? prefixStrength;
      if (own < least) break;
      this.at += 1;
      const right = this.expression(item.operator.op.name === '^' ? own : own + 1);
      left = right && { kind: 'binary', ...item.operator, left, right, from: left.from, to: right.to };
    }
    return left;
  }

  private operand(): Expr | undefined {
    const item = this.items[this.at];
    if (item === undefined) return undefined;
    this.at += 1;
    if (item.kind === 'prefix') {
      const inner = this.expression(prefixStrength + 1);
      return inner && { kind: 'unary', op: item.op.name, inner, from: item.op.from, to: inner.to };
    }
    if (item.kind !== 'operand') return undefined;
    let expr = item.expr;
    for (let next = this.items[this.at]; next?.kind === 'postfix'; next = this.items[this.at]) {
      this.at += 1;
      expr = this.applied(expr, next.postfix);
    }
    return expr;
  }

  private applied(inner: Expr, postfix: Postfix): Expr {
    const { from } = inner;
    const { to, range } = postfix;
    if (postfix.kind === 'subquery') return { kind: 'subquery', inner, range, from, to };
    if (postfix.kind === 'range') {
      const fault = rangeFault(inner);
      if (fault !== undefined) this.report({ from: postfix.from, to, ...fault });
      return { kind: 'matrix', inner, range, from, to };
    }
    if (inner.kind === 'selector') return { ...(inner satisfies Selector), modified: true, to };
    if (inner.kind === 'matrix' || inner.kind === 'subquery') return { ...inner, to };
    this.report({
      from: postfix.from,
      to,
      message: `"${postfix.name}" may only follow a selector, a range or a subquery`,
      hint: `write it inside, directly after each metric: metric ${postfix.name} ...`,
    });
    return inner;
  }
}

function rangeFault(inner: Expr): { message: string; hint: string } | undefined {
  if (inner.kind !== 'selector') {
    return {
      message: 'a range may only follow a selector',
      hint: 'for a range over a computed value write a subquery: (expr)[1h:1m]',
    };
  }
  if (inner.modified) {
    return {
      message: 'a range must stand before offset and @',
      hint: 'write metric[5m] offset 1h, not metric offset 1h [5m]',
    };
  }
  return undefined;
}
