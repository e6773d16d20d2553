import type { parser } from '@prometheus-io/lezer-promql';
import type { Aggregate, Expr, Matcher, Matching, Name, PromqlError, Selector } from './ast';
import { parseDuration, parseNumber, unquote } from './literals';
import { Reassociation } from './reassociate';
import type { Item, Operator, Postfix } from './reassociate';

/** A parsed text. The parser's own types, as its package resolves them. */
export type Tree = ReturnType<typeof parser.parse>;
/** One node of a parsed text. */
export type SyntaxNode = Tree['topNode'];

const postfixNames: ReadonlySet<string> = new Set([
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
  'MatrixSelector',
  'SubqueryExpr',
]);

/** Turns the tree of lezer-promql, which is an editor's, into the tree that Prometheus would build. */
export class TreeReader {
  readonly errors: PromqlError[] = [];

  constructor(private readonly text: string) {}

  /** @param node any expression of the grammar */
  expression(node: SyntaxNode): Expr | undefined {
    const items: Item[] = [];
    this.flatten(node, items);
    return new Reassociation(items, (error) => this.errors.push(error)).expression();
  }

  private flatten(node: SyntaxNode, into: Item[]): void {
    const parts = childrenOf(node);
    const first = parts[0];
    const last = parts[parts.length - 1];
    if (node.name === 'BinaryExpr' && first && last) {
      this.flatten(first, into);
      into.push({ kind: 'operator', operator: this.operator(parts.slice(1, -1)) });
      this.flatten(last, into);
    } else if (node.name === 'UnaryExpr' && first && last) {
      into.push({ kind: 'prefix', op: this.name(first) });
      this.flatten(last, into);
    } else if (postfixNames.has(node.name) && first) {
      this.flatten(first, into);
      into.push({ kind: 'postfix', postfix: this.postfix(node, parts) });
    } else if (node.name === 'NumberDurationLiteral') {
      this.number(node, into);
    } else {
      const expr = this.operand(node, parts);
      if (expr) into.push({ kind: 'operand', expr });
    }
  }

  private operand(node: SyntaxNode, parts: readonly SyntaxNode[]): Expr | undefined {
    const { from, to } = node;
    const body = parts.find((part) => part.name === 'FunctionCallBody');
    switch (node.name) {
      case 'ParenExpr': {
        const inner = parts[0] && this.expression(parts[0]);
        return inner && { kind: 'paren', inner, from, to };
      }
      case 'FunctionCall':
        return { kind: 'call', callee: this.name(parts[0] ?? node), args: this.args(body), from, to };
      case 'AggregateExpr':
        return this.aggregate(node, parts, this.args(body));
      case 'StringLiteral':
        return { kind: 'string', value: this.string(node), from, to };
      case 'VectorSelector':
        return this.selector(node, parts);
      default:
        return undefined;
    }
  }

  private args(body: SyntaxNode | undefined): Expr[] {
    if (body === undefined) return [];
    return childrenOf(body).flatMap((part) => this.expression(part) ?? []);
  }

  private aggregate(node: SyntaxNode, parts: readonly SyntaxNode[], args: readonly Expr[]): Aggregate {
    const { from, to } = node;
    const op = this.name(parts[0] ?? node);
    const modifier = parts.find((part) => part.name === 'AggregateModifier');
    if (modifier === undefined) return { kind: 'aggregate', op, args, from, to };
    const [keyword, labels] = childrenOf(modifier);
    const grouping = { without: keyword?.name === 'Without', labels: this.labels(labels) };
    return { kind: 'aggregate', op, grouping, args, from, to };
  }

  private selector(node: SyntaxNode, parts: readonly SyntaxNode[]): Selector {
    let metric: Name | undefined;
    const matchers: Matcher[] = [];
    const named = (name: Name): void => {
      if (metric === undefined) metric = name;
      else this.errors.push({ ...name, message: 'the metric is named twice', hint: 'keep one of the names' });
    };
    for (const part of parts) {
      if (part.name === 'Identifier') named(this.name(part));
      for (const condition of part.name === 'LabelMatchers' ? childrenOf(part) : []) {
        if (condition.name === 'QuotedLabelName') named(this.quotedName(condition));
        else matchers.push(this.matcher(condition));
      }
    }
    const equal = matchers.find(({ label, op }) => label === '__name__' && op === '=');
    if (metric === undefined && equal !== undefined)
      metric = { name: equal.value, from: equal.from, to: equal.to };
    else if (metric !== undefined && matchers.some(({ label }) => label === '__name__')) {
      this.errors.push({
        ...metric,
        message: 'the metric is named twice',
        hint: 'remove the matcher on __name__',
      });
    }
    const { from, to } = node;
    return { kind: 'selector', ...(metric && { metric }), matchers, modified: false, from, to };
  }

  private matcher(node: SyntaxNode): Matcher {
    const [label, op, value] = childrenOf(node);
    const name = label && (label.name === 'QuotedLabelName' ? this.quotedName(label) : this.name(label));
    return {
      label: name?.name ?? '',
      op: (op ? this.slice(op) : '=') as Matcher['op'],
      value: value ? this.string(value) : '',
      from: node.from,
      to: node.to,
    };
  }

  private operator(parts: readonly SyntaxNode[]): Operator {
    const clause = parts.find((part) => part.name === 'MatchingModifierClause');
    const op = parts[0];
    return {
      op: op ? { ...this.name(op), name: this.slice(op).toLowerCase() } : { name: '', from: 0, to: 0 },
      bool: parts.some((part) => part.name === 'BoolModifier'),
      fill: parts.some((part) => part.name === 'FillModifier'),
      ...(clause && { matching: this.matching(clause) }),
    };
  }

  private matching(clause: SyntaxNode): Matching {
    const parts = childrenOf(clause);
    const lists = parts.filter((part) => part.name === 'GroupingLabels');
    const group = parts.find((part) => part.name === 'GroupLeft' || part.name === 'GroupRight');
    return {
      on: parts[0]?.name === 'On',
      labels: this.labels(lists[0]),
      ...(group && { group: group.name === 'GroupLeft' ? ('left' as const) : ('right' as const) }),
      include: this.labels(lists[1]),
      from: clause.from,
      to: clause.to,
    };
  }

  private postfix(node: SyntaxNode, parts: readonly SyntaxNode[]): Postfix {
    const from = parts[0]?.to ?? node.from;
    const duration = parts[1] && this.duration(parts[1], node.name !== 'OffsetExpr');
    const base = { from, to: node.to, range: duration };
    if (node.name === 'MatrixSelector') return { kind: 'range', name: '[]', ...base };
    if (node.name === 'SubqueryExpr') return { kind: 'subquery', name: '[:]', ...base };
    const keyword = parts[1] ? this.slice(parts[1]).toLowerCase() : '';
    return { ...base, kind: 'modifier', name: keyword, range: undefined };
  }

  /** @returns seconds where the duration is written out, undefined where it is computed */
  private duration(node: SyntaxNode, mustBePositive: boolean): number | undefined {
    const text = this.slice(node);
    const [sign, size] = text.startsWith('-') ? [-1, text.slice(1)] : [1, text];
    const seconds = parseDuration(size) ?? (/^\d[\d.]*$/.test(size) ? Number(size) : undefined);
    if (seconds === undefined) return undefined;
    if (mustBePositive && sign * seconds <= 0) {
      const message = `a range of ${text} holds nothing`;
      this.errors.push({ from: node.from, to: node.to, message, hint: 'write a duration such as 5m' });
    }
    return sign * seconds;
  }

  private number(node: SyntaxNode, into: Item[]): void {
    const { from, to } = node;
    const text = this.slice(node);
    const sign = /^[-+]/.exec(text)?.[0];
    if (sign) into.push({ kind: 'prefix', op: { name: sign, from, to: from + 1 } });
    const value = parseNumber(text.slice(sign ? 1 : 0).trimStart());
    // The grammar ends a number where a letter follows; Prometheus reads on and then refuses the whole.
    const more = /^\w+/.exec(this.text.slice(to))?.[0] ?? '';
    if (value === undefined || more !== '') {
      this.errors.push({
        from,
        to,
        message: `"${text}${more}" is not a number`,
        hint: 'write 1, 0.5, 1e3, 0x1f or a duration',
      });
    }
    into.push({
      kind: 'operand',
      expr: { kind: 'number', value: value ?? NaN, from: sign ? from + 1 : from, to },
    });
  }

  private labels(node: SyntaxNode | undefined): Name[] {
    if (node === undefined) return [];
    return childrenOf(node).map((part) =>
      part.name === 'QuotedLabelName' ? this.quotedName(part) : this.name(part),
    );
  }

  private quotedName(node: SyntaxNode): Name {
    return { name: this.string(node), from: node.from, to: node.to };
  }

  private string(node: SyntaxNode): string {
    const result = unquote(this.slice(node));
    if ('value' in result) return result.value;
    const from = node.from + result.badAt;
    const hint = 'double the backslash ("\\\\d"), or use a raw string in back quotes';
    this.errors.push({ from, to: node.to, message: result.message, hint });
    return '';
  }

  private name(node: SyntaxNode): Name {
    return { name: this.slice(node), from: node.from, to: node.to };
  }

  private slice(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }
}

/** The children of a node; comments stand among them and count for nothing. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child);
  }
  return found;
}
