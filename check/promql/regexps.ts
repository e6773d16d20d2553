import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | string>();

/**
 * Compiles a matcher's pattern as Prometheus does: RE2 syntax, anchored at both ends, dot matches a line break.
 * A pattern is compiled once in the life of the process.
 *
 * @returns the pattern, or the reason why RE2 refuses it
 */
export function compilePattern(pattern: string): RE2JS | string {
  let entry = compiled.get(pattern);
  if (entry === undefined) {
    try {
      entry = RE2JS.compile(`^(?s:${pattern})$`);
    } catch (error) {
      entry = error instanceof Error ? error.message : String(error);
    }
    compiled.set(pattern, entry);
  }
  return entry;
}

/** True where the pattern is a good one and matches the whole of a value. */
export function matches(pattern: string, value: string): boolean {
  if (pattern === value) return true;
  const regexp = compilePattern(pattern);
  return typeof regexp !== 'string' && regexp.matcher(value).find();
}

/** Letters, digits and what means nothing to RE2 or is harmless alone: nearly every pattern, and always valid. */
const plainPattern = /^[A-Za-z0-9_ :/.|-]*$/;

/** The reason why RE2 refuses a pattern; undefined for a good one. */
export function patternProblem(pattern: string): string | undefined {
  if (plainPattern.test(pattern)) return undefined;
  const regexp = compilePattern(pattern);
  return typeof regexp === 'string' ? regexp : undefined;
}
