/** The kinds of changes that are made to rules. */
export const OPERATORS = [
  'number',
  'comparison',
  'arithmetic',
  'window',
  'offset',
  'function',
  'aggregation',
  'grouping',
  'matching',
  'metric',
  'filter',
  'condition',
  'for',
  'keep_firing_for',
  'label',
] as const;

/** One kind of change. */
export type Operator = (typeof OPERATORS)[number];

/** One change of an expression's text. */
export interface Edit {
  readonly operator: Operator;
  /** Start of what is replaced, in UTF-16 units. */
  readonly from: number;
  /** One past its end. */
  readonly to: number;
  readonly text: string;
  /** What a reader sees as before and after; not unique. */
  readonly before: string;
  readonly after: string;
}

/** The text after an edit. */
export function edited(text: string, { from, to, text: by }: Edit): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** An edit of exactly what is shown. */
export function replacement(
  operator: Operator,
  source: string,
  { from, to }: { readonly from: number; readonly to: number },
  text: string,
): Edit {
  return { operator, from, to, text, before: source.slice(from, to), after: text };
}

/**
 * An edit that takes one item out of a list, with the comma that follows it or else the one before it.
 *
 * @param item a stretch of `source` that stands in a list
 */
export function removal(
  operator: Operator,
  source: string,
  item: { readonly from: number; readonly to: number },
  shown: string,
): Edit {
  const before = /,\s*$/.exec(source.slice(0, item.from))?.[0].length ?? 0;
  const after = /^\s*,\s*/.exec(source.slice(item.to))?.[0].length ?? 0;
  const from = after > 0 ? item.from : item.from - before;
  return { operator, from, to: item.to + after, text: '', before: shown, after: '(nothing)' };
}
