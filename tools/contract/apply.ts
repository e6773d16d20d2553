import { isMap, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import type { Difference } from './differences';

/** What a label gets that the program has and the contract had not: a person says how many values it may take. */
export const UNSURE_LABEL = 'bounded(1)';

/** Where a difference's value stands in an entry. */
const SCALARS = { type: ['type'], help: ['help'], source: ['confirmed', 'source'] } as const;

const PLAIN = { lineWidth: 0, singleQuote: true } as const;
/** A source stands between braces, where a comma would end it. */
const QUOTED = { ...PLAIN, defaultStringType: 'QUOTE_SINGLE' } as const;

/** A piece of a text, and what stands there instead. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * A contract with a program's types, words and labels. Comments and all else stay as they are written; what is gone
 * stays too, for a person to decide, and so do values and ranges.
 *
 * @param text a file of metrics/
 */
export function applyDifferences(text: string, found: readonly Difference[]): string {
  const metrics: unknown = parseDocument(text).get('metrics');
  const items: readonly unknown[] = isSeq(metrics) ? metrics.items : [];
  const entries = items.filter((item): item is YAMLMap => isMap(item));
  const edits = found.flatMap((difference) => {
    const entry = entries.find((candidate) => candidate.get('name') === difference.metric);
    return entry === undefined ? [] : editsOf(text, entry, difference);
  });
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, text: by }) => done.slice(0, from) + by + done.slice(to), text);
}

function editsOf(text: string, entry: YAMLMap, difference: Difference): Edit[] {
  if (difference.kind === 'type' || difference.kind === 'help' || difference.kind === 'source') {
    const value = entry.getIn(SCALARS[difference.kind], true);
    if (!isScalar(value) || !value.range) return [];
    const [from, to] = value.range;
    const options = difference.kind === 'source' ? QUOTED : PLAIN;
    return [{ from, to, text: stringify(difference.program, options).trimEnd() }];
  }
  return difference.kind === 'labels' ? labelEdits(text, entry, difference) : [];
}

function labelEdits(
  text: string,
  entry: YAMLMap,
  { contract, program }: Extract<Difference, { kind: 'labels' }>,
): Edit[] {
  const block = pairOf(entry, 'labels');
  const added = program
    .filter((name) => !contract.includes(name))
    .map((name) => `      ${name}: ${UNSURE_LABEL}\n`);
  if (block === undefined) {
    const { to } = linesOf(text, pairOf(entry, 'help'));
    return [{ from: to, to, text: ['    labels:\n', ...added].join('') }];
  }
  const whole = linesOf(text, block);
  if (program.length === 0) return [{ ...whole, text: '' }];
  const labels = block.value;
  const removed = contract
    .filter((name) => !program.includes(name))
    .map((name) => ({ ...linesOf(text, isMap(labels) ? pairOf(labels, name) : undefined), text: '' }));
  return added.length === 0 ? removed : [...removed, { from: whole.to, to: whole.to, text: added.join('') }];
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((item) => isScalar(item.key) && item.key.value === key);
}

/** The whole lines of a pair, from its key to its value's end. */
function linesOf(text: string, pair: Pair | undefined): { readonly from: number; readonly to: number } {
  const start = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  const end = isNode(pair?.value) ? pair.value.range?.[1] : undefined;
  if (start === undefined || end === undefined) throw new Error('a value without a place in the text');
  // The end of a block is the start of the line after it already.
  const newline = text.charAt(end - 1) === '\n' ? end - 1 : text.indexOf('\n', end);
  return { from: text.lastIndexOf('\n', start) + 1, to: newline === -1 ? text.length : newline + 1 };
}
