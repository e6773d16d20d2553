import { LineIndex, type Position } from '../../content/position';

/**
 * Where a field stands in the source text of an environment: the innermost part of its path that the text has. Fields
 * that come from a shared constant are found at the outermost one, where the constant is named.
 *
 * @returns the first line for a path that the text does not have
 */
export function fieldPosition(text: string, path: readonly PropertyKey[]): Position {
  let offset = Math.max(0, text.indexOf('export const'));
  let found = 0;
  for (const key of path) {
    if (typeof key !== 'string') continue;
    const match = new RegExp(`(?<![\\w$.])'?${key.replaceAll(/[^\w-]/g, '.')}'?\\s*[:,}]`).exec(
      text.slice(offset),
    );
    if (match === null) break;
    found = offset + match.index;
    offset = found + match[0].length;
  }
  return new LineIndex(text).at(found);
}
