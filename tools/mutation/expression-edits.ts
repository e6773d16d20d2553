import type { Aggregate, Binary, Call, Expr, Matrix, Selector, Subquery } from '../../check/promql/ast';
import { unwrap, walk } from '../../check/promql/ast';
import { parsePromql } from '../../check/promql/parse';
import { edited, removal, replacement, type Edit } from './edit';
import { durationSteps, numberSteps, quantileSteps } from './steps';

/** Gives a metric that a person might have named instead; undefined where there is none. */
export type SiblingOf = (metric: string) => string | undefined;

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '<': ['<=', '>'],
  '<=': ['<', '>'],
  '==': ['!='],
  '!=': ['=='],
};

const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*' };

const FUNCTIONS: Readonly<Record<string, string>> = {
  rate: 'increase',
  increase: 'rate',
  irate: 'rate',
  avg_over_time: 'max_over_time',
  max_over_time: 'min_over_time',
  min_over_time: 'max_over_time',
  sum_over_time: 'avg_over_time',
  last_over_time: 'max_over_time',
  count_over_time: 'sum_over_time',
  changes: 'resets',
  resets: 'changes',
  delta: 'deriv',
  deriv: 'delta',
  ceil: 'floor',
  floor: 'ceil',
  clamp_min: 'clamp_max',
  clamp_max: 'clamp_min',
};

const AGGREGATIONS: Readonly<Record<string, string>> = {
  sum: 'max',
  max: 'min',
  min: 'max',
  avg: 'max',
  count: 'sum',
  group: 'count',
  topk: 'bottomk',
  bottomk: 'topk',
  stddev: 'stdvar',
};

const NEGATED = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' } as const;

/**
 * Every change by one step of an expression, in the order of its text; those that Prometheus would not accept are left
 * out.
 *
 * @throws Error where the text is no PromQL
 */
export function expressionEdits(text: string, siblingOf: SiblingOf): readonly Edit[] {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`not PromQL: ${text}`);
  const edits: Edit[] = offsetEdits(text);
  const quantiles = new Set<Expr>();
  walk(expr, (node) => {
    if (isQuantile(node) && node.args[0] !== undefined) quantiles.add(unwrap(node.args[0]));
    edits.push(...nodeEdits(text, node, quantiles.has(node), siblingOf));
  });
  return edits
    .filter((edit) => parsePromql(edited(text, edit)).errors.length === 0)
    .sort((a, b) => a.from - b.from);
}

function nodeEdits(text: string, node: Expr, quantile: boolean, siblingOf: SiblingOf): readonly Edit[] {
  switch (node.kind) {
    case 'number':
      return (quantile ? quantileSteps(node.value) : numberSteps(node.value)).map((step) =>
        replacement('number', text, node, step),
      );
    case 'selector':
      return selectorEdits(text, node, siblingOf);
    case 'matrix':
    case 'subquery':
      return windowEdits(text, node);
    case 'call':
      return callEdits(text, node);
    case 'aggregate':
      return aggregateEdits(text, node);
    case 'binary':
      return binaryEdits(text, node);
    default:
      return [];
  }
}

function isQuantile(node: Expr): node is Call | Aggregate {
  if (node.kind === 'aggregate') return node.op.name === 'quantile';
  return node.kind === 'call' && /^(?:histogram_quantile|quantile_over_time)$/.test(node.callee.name);
}

function selectorEdits(text: string, node: Selector, siblingOf: SiblingOf): Edit[] {
  const { metric, matchers } = node;
  // A name that is given by a matcher on __name__ is not changed.
  const named = metric !== undefined && text.slice(metric.from, metric.to) === metric.name;
  const sibling = named ? siblingOf(metric.name) : undefined;
  const renamed =
    metric === undefined || sibling === undefined ? [] : [replacement('metric', text, metric, sibling)];
  const filters = matchers
    .filter(({ label }) => label !== '__name__')
    .flatMap((matcher): Edit[] => {
      const shown = text.slice(matcher.from, matcher.to);
      const at = matcher.from + shown.search(/[=!]/);
      const place = { from: at, to: at + matcher.op.length };
      const negation = replacement('filter', text, place, NEGATED[matcher.op]);
      return [
        ...(matchers.length > 1 || named ? [removal('filter', text, matcher, shown)] : []),
        { ...negation, before: shown, after: shown.replace(matcher.op, NEGATED[matcher.op]) },
      ];
    });
  return [...renamed, ...filters];
}

function windowEdits(text: string, { inner, to }: Matrix | Subquery): Edit[] {
  const found = /^[^[]*\[\s*([^\s\]:]+)/.exec(text.slice(inner.to, to));
  const window = found?.[1];
  if (found === null || window === undefined) return [];
  const from = inner.to + found[0].length - window.length;
  return durationSteps(window).map((step) => ({
    ...replacement('window', text, { from, to: from + window.length }, step),
    before: `[${window}]`,
    after: `[${step}]`,
  }));
}

function offsetEdits(text: string): Edit[] {
  return [...text.matchAll(/"(?:\\.|[^"\\])*"|\boffset\s+((?:\d+[smhdwy])+)/g)].flatMap((match) => {
    const [whole, offset] = match;
    if (offset === undefined) return [];
    const to = match.index + whole.length;
    return durationSteps(offset).map((step) => ({
      ...replacement('offset', text, { from: to - offset.length, to }, step),
      before: `offset ${offset}`,
      after: `offset ${step}`,
    }));
  });
}

function callEdits(text: string, { callee }: Call): Edit[] {
  const other = FUNCTIONS[callee.name];
  return other === undefined ? [] : [replacement('function', text, callee, other)];
}

function aggregateEdits(text: string, { op, grouping }: Aggregate): Edit[] {
  const other = AGGREGATIONS[op.name];
  const keyword = grouping?.without === true ? 'without' : 'by';
  return [
    ...(other === undefined ? [] : [replacement('aggregation', text, op, other)]),
    ...(grouping?.labels ?? []).map((label) =>
      removal('grouping', text, label, `${label.name} in ${keyword} (${names(grouping?.labels)})`),
    ),
  ];
}

function binaryEdits(text: string, node: Binary): Edit[] {
  const { op, matching, left, right } = node;
  const place = text.slice(op.from, op.to);
  const swap = (operator: 'comparison' | 'arithmetic', others: readonly string[]): Edit[] =>
    others.map((other) => replacement(operator, text, op, other));
  const lists = matching === undefined ? [] : [...matching.labels, ...matching.include];
  return [
    ...swap('comparison', COMPARISONS[op.name] ?? []),
    ...swap('arithmetic', [ARITHMETIC[op.name] ?? []].flat()),
    ...lists.map((label) => removal('matching', text, label, `${label.name} in the matching of ${place}`)),
    ...conditionEdits(text, node, left, right),
  ];
}

/** A set operation loses its second half; `or` loses either, and `and` becomes its opposite. */
function conditionEdits(text: string, { op, from, to }: Binary, left: Expr, right: Expr): Edit[] {
  if (op.name !== 'and' && op.name !== 'or' && op.name !== 'unless') return [];
  const without = (kept: Expr, lost: Expr): Edit => ({
    ...replacement('condition', text, { from, to }, text.slice(kept.from, kept.to)),
    before: `${op.name === 'or' && lost === left ? '' : `${op.name} `}${shortened(text, lost)}`,
    after: '(nothing)',
  });
  return [
    without(left, right),
    ...(op.name === 'or' ? [without(right, left)] : []),
    ...(op.name === 'or' ? [] : [replacement('condition', text, op, op.name === 'and' ? 'unless' : 'and')]),
  ];
}

/** Characters of an expression that its description shows. */
const SHOWN = 60;

function shortened(text: string, { from, to }: Expr): string {
  const line = text.slice(from, to).replace(/\s+/g, ' ');
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}...`;
}

function names(labels: readonly { readonly name: string }[] = []): string {
  return labels.map(({ name }) => name).join(', ');
}
