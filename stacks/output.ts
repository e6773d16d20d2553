import Table from 'cli-table3';
import pc from 'picocolors';
import { hasErrors, type Finding } from '../check/finding';
import { formatFindings } from '../check/format-findings';
import type { SynthesizedStack } from './synthesis';

/**
 * Prints findings to standard error.
 *
 * @returns whether one of them is an error, after which nothing may be written
 */
export function printFindings(findings: readonly Finding[]): boolean {
  if (findings.length > 0) {
    const colours = { error: pc.red, warning: pc.yellow, info: pc.blue, dim: pc.dim };
    process.stderr.write(formatFindings(findings, 'text', colours));
  }
  return hasErrors(findings);
}

/** Prints how many resources of which kind each stack holds. */
export function printStacks(stacks: readonly SynthesizedStack[]): void {
  const table = new Table({
    head: ['stack', 'resources', 'Kubernetes', 'Helm', 'AWS'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const { environment, resourceTypes } of stacks) {
    const count = (prefix: string) => resourceTypes.filter((type) => type.startsWith(prefix)).length;
    table.push([environment, resourceTypes.length, count('kubernetes_'), count('helm_'), count('aws_')]);
  }
  process.stdout.write(`${table.toString()}\n`);
}
