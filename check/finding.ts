import { byCodePoint } from '../content/position';
import type { Position } from '../content/position';

/** How bad a finding is: an error stops synth; warnings and infos are only shown. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** One thing that is wrong in the content or in a model made from it. */
export interface Finding {
  /** Path from the repository's root with forward slashes, or the place of a model such as `prod.prometheus`. */
  readonly file: string;
  /** From one; 1 for a finding about a file as a whole. */
  readonly line: number;
  /** From one. */
  readonly column: number;
  readonly severity: FindingSeverity;
  /** Name of the rule that was broken, `<room>/<name>`: `promql/unknown-metric`. */
  readonly rule: string;
  /** What is wrong: the value found and what is allowed. */
  readonly message: string;
  /** The change that mends it. */
  readonly hint: string;
}

/** A finding at a place in a file. */
export function findingAt(
  file: string,
  position: Position,
  finding: Pick<Finding, 'rule' | 'message' | 'hint'> & { readonly severity?: FindingSeverity },
): Finding {
  const { line, column } = position;
  const { severity = 'error', rule, message, hint } = finding;
  return { file, line, column, severity, rule, message, hint };
}

/** The first place of a file, for findings about it as a whole. */
export const fileStart: Position = { line: 1, column: 1 };

/** Sorts by file, line, column, rule and message, and drops what is said twice. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...unique.values()].sort(
    (a, b) =>
      byCodePoint(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      byCodePoint(a.rule, b.rule) ||
      byCodePoint(a.message, b.message),
  );
}

/** True where at least one finding is an error. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
