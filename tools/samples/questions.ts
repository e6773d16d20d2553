import type { Binary, Expr } from '../../check/promql/ast';
import { children, unwrap, walk } from '../../check/promql/ast';
import { parsePromql } from '../../check/promql/parse';

const COMPARISONS = new Set(['==', '!=', '>', '<', '>=', '<=']);

/**
 * What must have data for an expression to be able to say anything, whatever the values are: the expression without its
 * comparisons, `absent()` and fallbacks to a number, and for each `unless` both its halves together, so that a join that
 * never matches is noticed.
 *
 * @throws Error where the text is no PromQL
 */
export function questionsOf(text: string): readonly string[] {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`not PromQL: ${text}`);
  const joins: string[] = [];
  const main = new Stripper(text, joins).stripped(expr);
  return [main, ...joins];
}

class Stripper {
  constructor(
    private readonly text: string,
    private readonly joins: string[],
  ) {}

  stripped(node: Expr): string {
    if (node.kind === 'binary') {
      if (COMPARISONS.has(node.op.name)) return this.compared(node);
      if (node.op.name === 'or' && isConstant(node.right)) return this.stripped(node.left);
      if (node.op.name === 'unless') return this.without(node);
    }
    if (node.kind === 'call' && node.args[0] !== undefined) {
      if (node.callee.name === 'absent') return this.stripped(node.args[0]);
      if (node.callee.name === 'absent_over_time') return `last_over_time(${this.stripped(node.args[0])})`;
    }
    return this.rebuilt(node);
  }

  /** Of a comparison with a number what is compared, of two series how far they are apart: there has to be a pair. */
  private compared(node: Binary): string {
    const { left, right } = node;
    if (isConstant(right)) return this.stripped(left);
    if (isConstant(left)) return this.stripped(right);
    return `(${this.stripped(left)} - ${this.matching(node)}${this.stripped(right)})`;
  }

  private without(node: Binary): string {
    const left = this.stripped(node.left);
    this.joins.push(`${left} and ${this.matching(node)}${this.stripped(node.right)}`);
    return left;
  }

  /** `on (...) group_left (...)` as it stands. */
  private matching({ matching }: Binary): string {
    return matching === undefined ? '' : `${this.text.slice(matching.from, matching.to)} `;
  }

  private rebuilt(node: Expr): string {
    let done = '';
    let at = node.from;
    for (const child of children(node)) {
      done += this.text.slice(at, child.from) + this.stripped(child);
      at = child.to;
    }
    return done + this.text.slice(at, node.to);
  }
}

/** True where no series is read. */
function isConstant(node: Expr): boolean {
  let reads = false;
  walk(unwrap(node), ({ kind }) => {
    reads ||= kind === 'selector';
  });
  return !reads;
}
