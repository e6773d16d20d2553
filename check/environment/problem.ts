/** Something wrong in an environment, told by field. */
export interface EnvironmentProblem {
  /** Field, such as `['prometheus', 'retentionSizeGiB']`. */
  readonly path: readonly PropertyKey[];
  /** What is there. */
  readonly found: string;
  /** What may be there. */
  readonly allowed: string;
  /** The change that mends it. */
  readonly mend: string;
}

/** A value as a message shows it: short, and on one line. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'undefined' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
