import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Outcome } from './trial';

const survivorsSchema = z.strictObject({
  survivors: z.array(z.strictObject({ because: z.string().min(10), changes: z.array(z.string()).min(1) })),
});

/**
 * The changes that no test notices, each with the reason why none can or need.
 *
 * @param file a file that need not exist
 * @returns reason by id of the mutant
 * @throws Error where a change is listed twice
 */
export function readSurvivors(file: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  if (!existsSync(file)) return reasons;
  for (const { because, changes } of survivorsSchema.parse(parse(readFileSync(file, 'utf8'))).survivors) {
    for (const change of changes) {
      if (reasons.has(change)) throw new Error(`${file}: "${change}" stands there twice`);
      reasons.set(change, because);
    }
  }
  return reasons;
}

/** What is wrong with the list of survivors after a run of all mutants. */
export interface SurvivorFaults {
  /** Survive and are not listed. */
  readonly unlisted: readonly string[];
  /** Are listed and noticed, or no change of any rule. */
  readonly stale: readonly string[];
}

/** Holds the list against a run of all mutants. */
export function survivorFaults(
  outcomes: readonly Outcome[],
  reasons: ReadonlyMap<string, string>,
): SurvivorFaults {
  const surviving = new Set(
    outcomes
      .filter(({ verdict }) => verdict === 'survived' || verdict === 'untested')
      .map(({ mutant }) => mutant.id),
  );
  return {
    unlisted: [...surviving].filter((id) => !reasons.has(id)),
    stale: [...reasons.keys()].filter((id) => !surviving.has(id)),
  };
}
