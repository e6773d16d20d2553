import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The loader that `npm run synth` uses. */
const TSX = join(__dirname, '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** A TypeScript program as a user would start it. */
export interface Program {
  /** Folder to start it in. */
  readonly folder: string;
  /** File and arguments. */
  readonly command: readonly string[];
  /** Added to the environment of this process. @default - nothing */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 *
 * @returns milliseconds of the whole process
 * @throws Error with what the program wrote to standard error if it fails
 */
export function run({ folder, command, variables }: Program): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [TSX, ...command], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${String(status)}:\n${stderr}`);
  return performance.now() - started;
}

/**
 * Times of several programs that take turns, so that a busy moment of the machine meets all of them alike. The first
 * round is thrown away: it fills the loader's cache.
 */
export function alternating<Name extends string>(
  programs: Readonly<Record<Name, Program>>,
  rounds: number,
): Readonly<Record<Name, readonly number[]>> {
  const names = Object.keys(programs) as Name[];
  const times = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<
    Name,
    number[]
  >;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const time = run(programs[name]);
      if (round > 0) times[name].push(time);
    }
  }
  return times;
}

/** The middle one of some numbers; of an even count the upper of the two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** Median of the ratios of the runs that were made one after the other. */
export function ratio(times: readonly number[], others: readonly number[]): number {
  return median(times.map((time, round) => time / (others[round] ?? NaN)));
}
