/** A place in a rule file that each environment fills: `${thresholds.errorRatio}`. */
export interface Placeholder {
  /** What stands between the braces. */
  readonly name: string;
  /** Place in the text. */
  readonly from: number;
  /** Length with `${` and `}`. */
  readonly length: number;
}

/** Names that `${namespaces.<name>}` may use; each stands for a RE2 pattern over namespaces, in every environment. */
export const NAMESPACE_PATTERNS = ['application', 'stack', 'watched'] as const;

const pattern = /\$\{([^{}]*)\}/g;

/** Every placeholder of a text, known or not. */
export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(pattern)].map((match) => ({
    name: match[1] ?? '',
    from: match.index,
    length: match[0].length,
  }));
}

/** Puts a text in place of each placeholder. */
export function replacePlaceholders(text: string, replace: (placeholder: Placeholder) => string): string {
  return text.replace(pattern, (whole: string, name: string, from: number) =>
    replace({ name, from, length: whole.length }),
  );
}
