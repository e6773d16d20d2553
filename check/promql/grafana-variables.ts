/** A Grafana variable in a text: `$name`, `${name}`, `${name:format}` or `[[name]]`. */
export interface VariableUse {
  readonly name: string;
  /** Place in the text. */
  readonly from: number;
}

const variable = String.raw`\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?:[.:][^}]*)?\}|\[\[([A-Za-z_]\w*)(?::\w+)?\]\]`;
const stringOrComment = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|` + '`[^`]*`' + String.raw`|#[^\n]*`;

/** Every variable of a text, those inside strings included. */
export function variablesIn(text: string): VariableUse[] {
  return [...text.matchAll(new RegExp(variable, 'g'))].map((match) => ({
    name: match[1] ?? match[2] ?? match[3] ?? '',
    from: match.index,
  }));
}

/**
 * Puts something of the same length in place of each variable, so that offsets stay right: a duration inside
 * brackets and after `offset`, a piece of a name beside other letters and in label lists, else a number or a name.
 * Variables inside strings stay as they are.
 *
 * @returns the text with numbers and, where that differs, with names in the places that allow both
 */
export function withoutVariables(text: string): string[] {
  if (!/[$[]/.test(text)) return [text];
  const asNumber = substitute(text, number);
  const asName = substitute(text, name);
  return asNumber === asName ? [asNumber] : [asNumber, asName];
}

function substitute(text: string, free: (length: number) => string): string {
  const pattern = new RegExp(`${stringOrComment}|(${variable})`, 'g');
  return text.replace(pattern, (whole: string, ...rest: unknown[]) => {
    const [use] = rest;
    if (use === undefined) return whole;
    const from = rest.find((part) => typeof part === 'number') ?? 0;
    const before = text.slice(0, from);
    const after = text.slice(from + whole.length);
    if (/\w$/.test(before) || /^[\w$]/.test(after)) return 'v'.repeat(whole.length);
    if (isDurationPlace(before)) return `${'0'.repeat(whole.length - 2)}1s`;
    if (isLabelPlace(before)) return name(whole.length);
    return free(whole.length);
  });
}

function number(length: number): string {
  return `${'0'.repeat(length - 1)}1`;
}

function name(length: number): string {
  return `${'_'.repeat(length - 1)}v`;
}

function isDurationPlace(before: string): boolean {
  return before.lastIndexOf('[') > before.lastIndexOf(']') || /\boffset\s*-?\s*$/i.test(before);
}

function isLabelPlace(before: string): boolean {
  return (
    before.lastIndexOf('{') > before.lastIndexOf('}') ||
    /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/i.test(before)
  );
}
