import { LineIndex, type Position } from '../../content/position';

/**
 * Where a field stands in the source text of an environment: the innermost part of its path that the text has. Fields
 * that come from a shared constant are found at the outermost one, where the constant is named.
 *
 * @returns the first line for a path that the text does not have
 */
export function fieldPosition(text: string, path: readonly PropertyKey[]): Position {
  let offset = Math.max(0, text.indexOf('export const'));
  let end = text.length;
  let found = 0;
  for (const key of path) {
    if (typeof key !== 'string') continue;
    const match = new RegExp(`(?<![\\w$.])'?${key.replaceAll(/[^\w-]/g, '.')}'?\\s*[:,}]`).exec(
      text.slice(offset, end),
    );
    if (match === null) break;
    found = offset + match.index;
    offset = found + match[0].length;
    // A constant named alone: what is in it stands elsewhere.
    if (!match[0].endsWith(':')) break;
    end = endOfValue(text, offset);
  }
  return new LineIndex(text).at(found);
}

/** Where the value ends that starts at an offset: at the comma or bracket that is outside of it. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let offset = start; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && character === ',')) return offset;
  }
  return text.length;
}
