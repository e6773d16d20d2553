import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant, RuleFileHere } from './mutant';
import { TestReducer, type ReducedTest } from './reduced-test';
import type { UnitTest } from './unit-test';

/**
 * What the tests make of a mutant: `untested` where no assertion depends on the rule at all, `unsound` where the tests of
 * the rule fail even on the rule as it is, so that they would notice anything.
 */
export type Verdict = 'noticed' | 'survived' | 'untested' | 'unsound';

/** A mutant and what the tests make of it. */
export interface Outcome {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

/** Milliseconds that promtool may take for one mutant. */
const TIMEOUT_MS = 120_000;

/** Runs the unit tests of rules on changed rules. */
export class Trials {
  private readonly reducers: readonly TestReducer[];
  private readonly sound = new Map<string, Promise<boolean>>();

  /** @param promtool full path of the binary */
  constructor(
    private readonly promtool: string,
    files: readonly RuleFileHere[],
    tests: readonly UnitTest[],
  ) {
    this.reducers = tests.map((test) => new TestReducer(test, files));
  }

  /**
   * Runs mutants, several at a time.
   *
   * @param parallel processes at once
   * @param told called with each outcome as it comes
   * @throws Error where Prometheus does not accept a change
   */
  async run(
    mutants: readonly Mutant[],
    parallel: number,
    told: (outcome: Outcome) => void = () => undefined,
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const queue = mutants.entries();
    const work = async (): Promise<void> => {
      for (const [index, mutant] of queue) {
        const outcome = { mutant, verdict: await this.verdictOn(mutant) };
        outcomes[index] = outcome;
        told(outcome);
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return outcomes;
  }

  private async verdictOn(mutant: Mutant): Promise<Verdict> {
    const [file] = mutant.place;
    const tests = this.reducers.flatMap((reducer) => reducer.forRule(file, mutant.rule, mutant) ?? []);
    if (tests.length === 0) return 'untested';
    if (!(await this.isSound(file, mutant.rule))) return 'unsound';
    const failure = await this.failureOf(tests);
    if (failure === undefined) return 'survived';
    if (/error parsing|could not parse expression/.test(failure)) {
      throw new Error(`${mutant.id}: Prometheus does not accept ${mutant.changed.expr}:\n${failure}`);
    }
    return 'noticed';
  }

  private isSound(file: string, rule: string): Promise<boolean> {
    const key = `${file} ${rule}`;
    const known = this.sound.get(key);
    if (known !== undefined) return known;
    const tests = this.reducers.flatMap((reducer) => reducer.forRule(file, rule) ?? []);
    const sound = this.failureOf(tests).then((failure) => failure === undefined);
    this.sound.set(key, sound);
    return sound;
  }

  /** What promtool says where a test fails; undefined where all pass. */
  private async failureOf(tests: readonly ReducedTest[]): Promise<string | undefined> {
    const folder = mkdtempSync(join(tmpdir(), 'mutant-'));
    try {
      // The first failure is enough, and short tests tell it soonest.
      const shortFirst = [...tests].sort((a, b) => a.document.tests.length - b.document.tests.length);
      for (const [index, test] of shortFirst.entries()) {
        const failure = await this.failureIn(writeTest(join(folder, String(index)), test));
        if (failure !== undefined) return failure;
      }
      return undefined;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private failureIn(file: string): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const options = { timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
      execFile(this.promtool, ['test', 'rules', file], options, (error, stdout, stderr) => {
        if (error === null) resolve(undefined);
        else if (error.code === 1) resolve(stdout + stderr);
        else reject(new Error(`promtool: ${error.message}`));
      });
    });
  }
}

/** Lays a test out as alert-rules/tests is beside the rendered rules; JSON is YAML. */
function writeTest(folder: string, { files, document }: ReducedTest): string {
  mkdirSync(join(folder, 'tests'), { recursive: true });
  for (const { name, document: rules } of files) writeFileSync(join(folder, name), JSON.stringify(rules));
  const file = join(folder, 'tests', 'test.yaml');
  writeFileSync(file, JSON.stringify(document));
  return file;
}
