/** How the source writes a text: decides which escapes stand for one character. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/**
 * Finds where a character of a decoded text stands in its source.
 *
 * YAML folds lines and strips indentation and both YAML and JSON escape characters, so the two are walked side by
 * side. White space may be off by the indentation; every other character is exact, and findings point at those.
 *
 * @param source the text between the quotes, or the lines of a block
 * @param value the decoded text
 * @param offset a place in `value`
 * @returns the same place in `source`
 */
export function sourceOffset(source: string, value: string, offset: number, style: ScalarStyle): number {
  let at = 0;
  for (let i = 0; i < offset && i < value.length; i++) at = after(source, at, value.charAt(i), style);
  if (isSpace(value.charAt(offset))) return at;
  return skipFolding(source, at, style);
}

function after(source: string, start: number, char: string, style: ScalarStyle): number {
  let at = start;
  while (at < source.length) {
    const here = source.charAt(at);
    if (style === 'double' && here === '\\') {
      if (source.charAt(at + 1) !== '\n') return at + escapeLength(source.charAt(at + 1));
      at += 2;
    } else if (here === char) {
      return at + (style === 'single' && here === "'" ? 2 : 1);
    } else if (isSpace(here)) {
      at += 1;
    } else {
      // A line break that the value has and the source folds away.
      return isSpace(char) ? at : at + 1;
    }
  }
  return at;
}

function skipFolding(source: string, start: number, style: ScalarStyle): number {
  let at = start;
  while (at < source.length) {
    if (isSpace(source.charAt(at))) at += 1;
    else if (style === 'double' && source.startsWith('\\\n', at)) at += 2;
    else break;
  }
  return at;
}

function escapeLength(kind: string): number {
  if (kind === 'u') return 6;
  if (kind === 'x') return 4;
  return kind === 'U' ? 10 : 2;
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\t' || char === '\r';
}
