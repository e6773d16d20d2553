import type { Call, Expr, Matcher, Selector } from '../../check/promql/ast';
import { children, walk } from '../../check/promql/ast';
import { parsePromql } from '../../check/promql/parse';
import type { Rule } from '../../content/rules';

/** How an expression is written out. */
interface Context {
  /** Seconds that a window of raw series has at least. @default - its own */
  readonly window?: number;
  /** Conditions on the recorded series, which now hold for what it is made from. */
  readonly matchers: readonly string[];
  /** Names that are being written out: a rule may read its own name. */
  readonly within: readonly string[];
}

/** Writes expressions on recorded series as one would have to without the rules: on what the rules read. */
export class RawWriter {
  private readonly rules = new Map<string, Rule[]>();

  /**
   * @param rules recording rules
   * @param stepSeconds step of a subquery, where a function over time has to compute its values
   */
  constructor(
    rules: readonly Rule[],
    private readonly stepSeconds: number,
  ) {
    for (const rule of rules) {
      if (rule.record === undefined) continue;
      this.rules.set(rule.record, [...(this.rules.get(rule.record) ?? []), rule]);
    }
  }

  /** True where an expression reads a recorded series. */
  readsRecorded(text: string): boolean {
    let found = false;
    const { expr } = parsePromql(text);
    if (expr !== undefined) walk(expr, (node) => (found ||= this.isRecorded(node)));
    return found;
  }

  /**
   * The expression on raw series.
   *
   * @throws Error where the text is no PromQL
   */
  written(text: string, context: Context = { matchers: [], within: [] }): string {
    const { expr } = parsePromql(text);
    if (expr === undefined) throw new Error(`not PromQL: ${text}`);
    return this.node(text, expr, context);
  }

  private node(text: string, node: Expr, context: Context): string {
    if (node.kind === 'call') {
      const overTime = this.overTime(text, node, context);
      if (overTime !== undefined) return overTime;
    }
    if (node.kind === 'selector') return this.selector(text, node, context);
    if (node.kind === 'matrix' && context.window !== undefined && (node.range ?? 0) < context.window) {
      return `${this.node(text, node.inner, context)}[${String(context.window)}s]`;
    }
    let done = '';
    let at = node.from;
    for (const child of children(node)) {
      done += text.slice(at, child.from) + this.node(text, child, context);
      at = child.to;
    }
    return done + text.slice(at, node.to);
  }

  /** A function over a window of a recorded rate is the rate over that window; of anything else, a subquery. */
  private overTime(text: string, { callee, args }: Call, context: Context): string | undefined {
    const matrix = args.find((arg) => arg.kind === 'matrix');
    if (matrix?.kind !== 'matrix' || matrix.inner.kind !== 'selector' || !this.isRecorded(matrix.inner)) {
      return undefined;
    }
    const window = Math.max(matrix.range ?? 0, context.window ?? 0);
    const widened = this.selector(text, matrix.inner, { ...context, window });
    if (widened.includes(`[${String(window)}s]`)) return widened;
    const before = args
      .filter((arg) => arg !== matrix)
      .map((arg) => `${text.slice(arg.from, arg.to)}, `)
      .join('');
    const plain = this.selector(text, matrix.inner, context);
    return `${callee.name}(${before}${plain}[${String(window)}s:${String(this.stepSeconds)}s])`;
  }

  private selector(text: string, node: Selector, context: Context): string {
    const name = node.metric?.name ?? '';
    const own = node.matchers.filter(isCondition).map(({ from, to }) => text.slice(from, to));
    const rules = this.isRecorded(node) && !context.within.includes(name) ? this.rules.get(name) : undefined;
    if (rules === undefined) return this.raw(text, node, context);
    const inner = {
      ...context,
      matchers: [...context.matchers, ...own],
      within: [...context.within, name],
    };
    return `(${rules.map(({ expr }) => `(${this.written(expr, inner)})`).join(' or ')})`;
  }

  private raw(text: string, node: Selector, { matchers }: Context): string {
    const known = node.matchers.map(({ from, to }) => text.slice(from, to));
    const all = [...new Set([...known, ...matchers])];
    if (node.metric === undefined || all.length === known.length) return text.slice(node.from, node.to);
    const after = /(?:\s+offset\s+\S+|\s*@\s*\S+)$/.exec(text.slice(node.from, node.to))?.[0] ?? '';
    return `${node.metric.name}{${all.join(', ')}}${after}`;
  }

  private isRecorded(node: Expr): boolean {
    return node.kind === 'selector' && this.rules.has(node.metric?.name ?? '');
  }
}

/** False for what holds for everything, as a variable at All does. */
function isCondition({ op, value }: Matcher): boolean {
  return !(op === '=~' && /^\.[+*]$/.test(value));
}
