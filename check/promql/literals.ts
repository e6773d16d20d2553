/** Seconds in each unit of a Prometheus duration. */
const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/**
 * Reads a Prometheus duration such as `1h30m`.
 *
 * @returns seconds, or undefined where the text is not a duration
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/.test(text) || text === '') {
    return undefined;
  }
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    seconds += Number(digits) * (unitSeconds[unit ?? ''] ?? 0);
  }
  return seconds;
}

/**
 * Reads a PromQL number or duration.
 *
 * @returns the number (a duration in seconds), or undefined where the text is neither
 */
export function parseNumber(text: string): number | undefined {
  const word = text.toLowerCase();
  if (word === 'inf') return Infinity;
  if (word === 'nan') return NaN;
  if (/^\d/.test(text) && /[a-z]$/.test(text) && !word.startsWith('0x')) return parseDuration(text);
  const digits = text.replace(/(\d)_(?=\d)/g, '$1');
  // Go reads a leading zero as octal, and falls back to a decimal float where it is none; the number stays a number.
  const value = Number(digits);
  return Number.isNaN(value) ? undefined : value;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** A decoded string literal, or what is wrong with it and where. */
export type Unquoted = { readonly value: string } | { readonly badAt: number; readonly message: string };

const unclosed: Unquoted = { badAt: 0, message: 'the string has no closing quote' };

/**
 * Decodes a PromQL string literal by the rules of Go: `"\d"` is an error, `"\\d"` or a raw string in back quotes is
 * what a regular expression needs.
 *
 * @param literal the text with its quotes
 */
export function unquote(literal: string): Unquoted {
  const quote = literal.charAt(0);
  if (literal.length < 2 || !literal.endsWith(quote)) return unclosed;
  const body = literal.slice(1, -1);
  if (quote === '`') return { value: body };
  const trailing = /\\+$/.exec(body)?.[0].length ?? 0;
  if (trailing % 2 === 1) return unclosed;
  if (!body.includes('\\')) return { value: body };
  let value = '';
  for (let at = 0; at < body.length; at++) {
    if (body.charAt(at) !== '\\') {
      value += body.charAt(at);
      continue;
    }
    const escape = decodeEscape(body.slice(at + 1), quote);
    if (escape === undefined)
      return { badAt: at + 1, message: `PromQL does not know the escape \\${body.charAt(at + 1)}` };
    value += escape.value;
    at += escape.length;
  }
  return { value };
}

function decodeEscape(rest: string, quote: string): { value: string; length: number } | undefined {
  const kind = rest.charAt(0);
  if (kind === quote) return { value: quote, length: 1 };
  const simple = simpleEscapes[kind];
  if (simple !== undefined) return { value: simple, length: 1 };
  const digits = /^(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/.exec(rest)?.[0];
  const octal = /^[0-3][0-7]{2}/.exec(rest)?.[0];
  if (digits !== undefined) return codePoint(parseInt(digits.slice(1), 16), digits.length);
  return octal === undefined ? undefined : codePoint(parseInt(octal, 8), octal.length);
}

function codePoint(code: number, length: number): { value: string; length: number } | undefined {
  return code > 0x10ffff ? undefined : { value: String.fromCodePoint(code), length };
}
