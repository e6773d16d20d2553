import Table from 'cli-table3';
import type { Outcome } from './trial';

/** Share of changes that the tests must notice. */
export const WANTED = 0.95;

/** Share of outcomes in which a test noticed the change; 1 for none at all. */
export function noticedShare(outcomes: readonly Outcome[]): number {
  if (outcomes.length === 0) return 1;
  return outcomes.filter(({ verdict }) => verdict === 'noticed').length / outcomes.length;
}

/** A table of the outcomes by something that mutants have, with a last line for all. */
export function figures(outcomes: readonly Outcome[], by: 'path' | 'operator'): string {
  const table = new Table({
    head: [
      by === 'path' ? 'rule file' : 'change of',
      'changes',
      'noticed',
      'survive',
      'no test',
      'test fails',
      '%',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = outcome.mutant[by];
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  for (const [key, own] of groups) table.push(row(key, own));
  table.push(row('all', outcomes));
  return `${table.toString()}\n`;
}

function row(name: string, outcomes: readonly Outcome[]): string[] {
  const count = (verdict: Outcome['verdict']): string =>
    String(outcomes.filter((outcome) => outcome.verdict === verdict).length);
  return [
    name,
    String(outcomes.length),
    count('noticed'),
    count('survived'),
    count('untested'),
    count('unsound'),
    percent(noticedShare(outcomes)),
  ];
}

/** A share as people read it, cut rather than rounded: what is below a limit does not look as if it reached it. */
export function percent(share: number): string {
  return (Math.floor(share * 1000) / 10).toFixed(1);
}
