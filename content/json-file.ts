import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { JSONPath, Node, ParseError } from 'jsonc-parser';
import { LineIndex } from './position';
import type { Position, Problem } from './position';
import { sourceOffset } from './scalar-offset';

/** Words for jsonc-parser's error numbers (its `ParseErrorCode`). */
const errorWords: Readonly<Record<number, string>> = {
  1: 'not a JSON word',
  2: 'not a JSON number',
  3: 'a property name in double quotes is expected',
  4: 'a value is expected',
  5: 'a colon is expected',
  6: 'a comma is expected',
  7: 'a closing brace is expected',
  8: 'a closing bracket is expected',
  9: 'the end of the file is expected',
  10: 'JSON has no comments',
  11: 'a comment without its end',
  12: 'a string without its closing quote',
  13: 'a number without its digits',
  14: 'not a Unicode escape',
  15: 'not an escape that JSON knows',
  16: 'a control character inside a string; write it as an escape',
};

/**
 * A JSON text, read strictly (no comments, no trailing commas, no key twice), that knows where its values stand.
 *
 * `JSON.parse` reads it; the much slower tree with offsets is built only when a place is asked for, which for a
 * file without findings is never.
 */
export class JsonFile {
  /** The parsed value; undefined where the text is not JSON. */
  readonly value: unknown;
  /** What is wrong with the text; empty for a good file. */
  readonly problems: readonly Problem[];
  private readonly lines: LineIndex;
  private root: Node | undefined;

  constructor(private readonly text: string) {
    this.lines = new LineIndex(text);
    const parsed = tryParse(text);
    this.value = parsed.value;
    if (parsed.error !== undefined) this.problems = this.syntaxProblems(parsed.error);
    else this.problems = countKeys(parsed.value) === countColons(text) ? [] : this.duplicateKeys(this.tree());
  }

  /**
   * @param path keys and indexes from the root; where nothing stands there, the nearest thing above it is taken
   * @param offset a place inside the decoded string at `path`
   */
  positionOf(path: JSONPath, offset?: number): Position {
    for (let length = path.length; length >= 0; length--) {
      const root = this.tree();
      const node = root && findNodeAtLocation(root, path.slice(0, length));
      if (node === undefined) continue;
      if (offset === undefined || typeof node.value !== 'string' || length < path.length) {
        return this.lines.at(node.offset);
      }
      const inner = this.text.slice(node.offset + 1, node.offset + node.length - 1);
      return this.lines.at(node.offset + 1 + sourceOffset(inner, node.value, offset, 'double'));
    }
    return { line: 1, column: 1 };
  }

  private tree(): Node | undefined {
    return (this.root ??= parseTree(this.text, [], { disallowComments: true }));
  }

  private syntaxProblems(fallback: string): Problem[] {
    const errors: ParseError[] = [];
    parseTree(this.text, errors, { disallowComments: true, allowTrailingComma: false });
    const first = errors[0];
    if (first === undefined) return [{ position: { line: 1, column: 1 }, message: fallback }];
    // The parser recovers and then reports what follows from the first error; only the first helps.
    return [{ position: this.lines.at(first.offset), message: errorWords[first.error] ?? fallback }];
  }

  private duplicateKeys(node: Node | undefined): Problem[] {
    if (node === undefined) return [];
    const problems: Problem[] = [];
    const seen = new Map<unknown, number>();
    for (const child of node.children ?? []) {
      const key = node.type === 'object' ? child.children?.[0] : undefined;
      if (key !== undefined) {
        const before = seen.get(key.value);
        if (before === undefined) seen.set(key.value, key.offset);
        else {
          const line = this.lines.at(before).line;
          const message = `the key "${String(key.value)}" stands here a second time (first on line ${String(line)}); only one would count`;
          problems.push({ position: this.lines.at(key.offset), message });
        }
      }
      problems.push(...this.duplicateKeys(child));
    }
    return problems;
  }
}

function tryParse(text: string): { value?: unknown; error?: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Every key has one colon outside strings: more colons than keys means that a key stood twice. */
function countColons(text: string): number {
  let colons = 0;
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|:/g)) if (match[0] === ':') colons += 1;
  return colons;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + countKeys(item), 0);
  const items: unknown[] = Object.values(value);
  return items.reduce<number>((sum, item) => sum + countKeys(item), items.length);
}
