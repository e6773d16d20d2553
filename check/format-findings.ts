import type { Finding } from './finding';

/** `text` for a person, `json` for a program, `github` for annotations in a pull request. */
export type FindingFormat = 'text' | 'json' | 'github';

/** The formats by name. */
export const findingFormats: readonly FindingFormat[] = ['text', 'json', 'github'];

/** Colours for {@link formatFindings}; each takes and gives a text. */
export interface FindingColours {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly dim: (text: string) => string;
}

const plain: FindingColours = {
  error: (text) => text,
  warning: (text) => text,
  info: (text) => text,
  dim: (text) => text,
};

/**
 * Writes findings out, one after the other in the order given.
 *
 * @param colours for `text` only
 */
export function formatFindings(
  findings: readonly Finding[],
  format: FindingFormat,
  colours: FindingColours = plain,
): string {
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  if (format === 'github') return findings.map(githubCommand).join('');
  return `${findings.map((finding) => textLines(finding, colours)).join('')}${summary(findings)}\n`;
}

function textLines(finding: Finding, colours: FindingColours): string {
  const { file, line, column, severity, rule, message, hint } = finding;
  const head = `${file}:${String(line)}:${String(column)}: ${colours[severity](severity)} ${colours.dim(rule)}`;
  return `${head}\n  ${message}\n  ${colours.dim('->')} ${hint}\n`;
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const plural = (number: number, word: string): string =>
    `${String(number)} ${word}${number === 1 ? '' : 's'}`;
  return [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    plural(count('info'), 'info'),
  ].join(', ');
}

/** GitHub's names for severities, see "Workflow commands for GitHub Actions". */
const githubLevels = { error: 'error', warning: 'warning', info: 'notice' } as const;

function githubCommand(finding: Finding): string {
  const { file, line, column, severity, rule, message, hint } = finding;
  const properties = `file=${property(file)},line=${String(line)},col=${String(column)},title=${property(rule)}`;
  return `::${githubLevels[severity]} ${properties}::${escapeData(`${message} -> ${hint}`)}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
