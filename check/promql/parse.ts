import { parser } from '@prometheus-io/lezer-promql';
import { didYouMean } from '../did-you-mean';
import type { Expr, PromqlError } from './ast';
import { signatures } from './signatures';
import { childrenOf, TreeReader } from './tree-reader';
import type { SyntaxNode, Tree } from './tree-reader';
import { typeErrors } from './type-check';

/** An expression and what is wrong with it; `expr` is undefined where the grammar does not accept the text. */
export interface ParsedPromql {
  readonly expr?: Expr;
  readonly errors: readonly PromqlError[];
}

/**
 * Parses and type-checks one PromQL expression as Prometheus 3.14 would without feature flags.
 *
 * @param text the expression, free of placeholders and Grafana variables
 */
export function parsePromql(text: string): ParsedPromql {
  const tree = parser.parse(text);
  const broken = firstError(tree);
  if (broken !== undefined) return { errors: [syntaxError(text, broken)] };
  const root = childrenOf(tree.topNode)[0];
  const reader = new TreeReader(text);
  const expr = root && reader.expression(root);
  if (expr === undefined) return { errors: [...reader.errors, unfinished(text)].slice(0, 1) };
  return { expr, errors: [...reader.errors, ...typeErrors(expr)].sort((a, b) => a.from - b.from) };
}

/** Parses each distinct text once: the boards and rules of one service repeat themselves a lot. */
export function cachingParser(): (text: string) => ParsedPromql {
  const seen = new Map<string, ParsedPromql>();
  return (text) => {
    let parsed = seen.get(text);
    if (parsed === undefined) {
      parsed = parsePromql(text);
      seen.set(text, parsed);
    }
    return parsed;
  };
}

function firstError(tree: Tree): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && (found === undefined || node.from < found.from)) found = node.node;
    },
  });
  return found;
}

const closing: Readonly<Record<string, string>> = {
  FunctionCallBody: 'a closing parenthesis',
  ParenExpr: 'a closing parenthesis',
  GroupingLabels: 'a comma or a closing parenthesis',
  LabelMatchers: 'a comma or a closing brace',
  MatrixSelector: 'a closing bracket',
  SubqueryExpr: 'a closing bracket',
  UnquotedLabelMatcher: 'a value in quotes',
};

function syntaxError(text: string, node: SyntaxNode): PromqlError {
  const from = node.from + (/^\s*/.exec(text.slice(node.from))?.[0].length ?? 0);
  if (from >= text.trimEnd().length) return unfinished(text, closing[node.parent?.name ?? '']);
  const rest = text.slice(from);
  const before = /([a-zA-Z_]\w*)\s*$/.exec(text.slice(0, from));
  if (rest.startsWith('(') && before?.[1] !== undefined) {
    const name = before[1];
    const hint = didYouMean(name, signatures.keys()) ?? 'see the functions of the pinned Prometheus version';
    return { from: before.index, to: from, message: `the function "${name}" is not known`, hint };
  }
  const token = /^(?:\w+|"[^"]*"?|=~|!~|[=!<>]=|.)/s.exec(rest)?.[0] ?? rest;
  const expected = closing[node.parent?.name ?? ''];
  const message = `"${token}" is not expected here`;
  const hint =
    token === '=' ? 'compare with ==' : `expected ${expected ?? 'an operator or the end of the expression'}`;
  return { from, to: from + token.length, message, hint };
}

function unfinished(text: string, expected = 'more'): PromqlError {
  const end = text.trimEnd().length;
  if (end === 0) return { from: 0, to: 0, message: 'the expression is empty', hint: 'write an expression' };
  return { from: end, to: end, message: 'the expression ends too early', hint: `expected ${expected}` };
}
