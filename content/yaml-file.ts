import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { isAlias, isCollection, isMap, isPair, isScalar, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { LineIndex } from './position';
import type { Position, Problem } from './position';
import { sourceOffset } from './scalar-offset';
import type { ScalarStyle } from './scalar-offset';

/** Keys and indexes from the root of a document. */
export type YamlPath = readonly (string | number)[];

/**
 * A YAML text of one document that knows where its values stand.
 *
 * Two parsers read it. js-yaml decides what the text says, many times faster than yaml; yaml knows places and tells in
 * words what is wrong, and reads only a text of which somebody asks that.
 */
export class YamlFile {
  /** The parsed value; undefined where the text is not YAML. */
  readonly value: unknown;
  /** What is wrong with the text, a key that stands twice included; empty for a good file. */
  readonly problems: readonly Problem[];
  private readonly lines: LineIndex;
  private parsed: Document.Parsed | undefined;

  constructor(private readonly text: string) {
    this.lines = new LineIndex(text);
    const read = readValue(text);
    this.value = read.value;
    this.problems = read.refusal === undefined ? [] : this.problemsOf(read.refusal);
  }

  /**
   * @param path keys and indexes; where nothing stands there, the nearest thing above it is taken
   * @param offset a place inside the decoded string at `path`
   */
  positionOf(path: YamlPath, offset?: number): Position {
    const { node, found } = this.nearest(path);
    const start = node?.range?.[0] ?? 0;
    if (!found || offset === undefined || !isScalar(node) || typeof node.value !== 'string') {
      return this.lines.at(start);
    }
    const style = styleOf(this.text.charAt(start));
    const opening = openingLength(this.text, start, style);
    const source = this.text.slice(start + opening, node.range?.[1] ?? this.text.length);
    return this.lines.at(start + opening + sourceOffset(source, node.value, offset, style));
  }

  /** The place of a key itself rather than of its value, for "this key is unknown". */
  positionOfKey(path: YamlPath): Position {
    const parent = this.nearest(path.slice(0, -1)).node;
    const name = path[path.length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === name)
      : undefined;
    const start = pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    return start === undefined ? this.positionOf(path) : this.lines.at(start);
  }

  private get document(): Document.Parsed {
    return (this.parsed ??= parseDocument(this.text, { prettyErrors: false, uniqueKeys: true }));
  }

  private problemsOf({ mark, reason }: YAMLException): readonly Problem[] {
    const { errors, warnings } = this.document;
    const told = [...errors, ...warnings].map(({ pos, message }) => ({ at: pos[0], message }));
    const problems = told.length > 0 ? told : [{ at: mark?.position ?? 0, message: reason }];
    return problems.map(({ at, message }) => ({ position: this.lines.at(at), message }));
  }

  private nearest(path: YamlPath): { node: Node | null; found: boolean } {
    let node: Node | null = this.document.contents;
    for (const step of path) {
      const next: unknown = isCollection(node) ? node.get(step, true) : undefined;
      if (next === undefined || next === null || isPair(next)) return { node, found: false };
      const resolved: unknown = isAlias(next) ? next.resolve(this.document) : next;
      node = resolved as Node;
    }
    return { node, found: true };
  }
}

function readValue(text: string): { readonly value?: unknown; readonly refusal?: YAMLException } {
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) };
  } catch (error) {
    if (error instanceof YAMLException) return { refusal: error };
    throw error;
  }
}

function styleOf(first: string): ScalarStyle {
  if (first === '"') return 'double';
  if (first === "'") return 'single';
  return first === '|' || first === '>' ? 'block' : 'plain';
}

function openingLength(text: string, start: number, style: ScalarStyle): number {
  if (style === 'plain') return 0;
  if (style !== 'block') return 1;
  const newline = text.indexOf('\n', start);
  return newline === -1 ? text.length - start : newline + 1 - start;
}
