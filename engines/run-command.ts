import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node:child_process';

import { commandLine } from './commands';
import type { Command } from './commands';

/** Pauses before the second and the third attempt, in milliseconds: a registry that drops one download recovers. */
const PAUSES_MS = [5_000, 20_000];

/** One installation command may take this long, in milliseconds; the slowest build takes a third of it on two cores. */
const TIMEOUT_MS = 30 * 60_000;

/** Lines of a failing command's output that its error shows. */
const SHOWN_LINES = 20;

interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
  /** Whether there is no such program, which no second attempt changes. @default false */
  readonly absent?: boolean;
}

function runOnce(command: Command): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const impatience = setTimeout(() => child.kill(), TIMEOUT_MS);
    const finish = (outcome: Outcome): void => {
      clearTimeout(impatience);
      resolve(outcome);
    };
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error: NodeJS.ErrnoException) => {
      finish({ succeeded: false, output: error.message, absent: error.code === 'ENOENT' });
    });
    child.on('close', (code) => {
      finish({ succeeded: code === 0, output });
    });
  });
}

/**
 * Runs a command until it succeeds, three times at most.
 *
 * @param pausesMs Pauses between attempts, in milliseconds.
 * @throws Error that holds the command line and the end of its output, or names the program that is not there.
 */
export async function runWithRetry(command: Command, pausesMs: readonly number[] = PAUSES_MS): Promise<void> {
  let last = await runOnce(command);
  for (const pause of pausesMs) {
    if (last.succeeded || last.absent === true) break;
    await sleep(pause);
    last = await runOnce(command);
  }
  if (last.succeeded) return;
  if (last.absent === true)
    throw new Error(`${command.program}: not found on PATH; mend: install it (engines/README.md says which)`);
  const tail = last.output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new Error(`failed ${String(pausesMs.length + 1)} times: ${commandLine(command)}\n${tail}`);
}
