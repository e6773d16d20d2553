import { Command } from 'commander';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { enginesBin, enginesHome, isInstalled, markInstalled } from './cache';
import { installCommands, installedBinary, stagingFolder } from './commands';
import type { Engine } from './engine';
import { ENGINES } from './engines';
import { runWithRetry } from './run-command';

/**
 * Picks engines by name.
 *
 * @param only Names with commas between; undefined means all.
 * @throws Error that lists the known names.
 */
export function selectEngines(only: string | undefined): readonly Engine[] {
  if (only === undefined) return ENGINES;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !ENGINES.some((engine) => engine.name === name));
  if (unknown.length > 0) {
    const known = ENGINES.map((engine) => engine.name).join(', ');
    throw new Error(`--only ${unknown.join(', ')}; allowed: ${known}; mend: correct the name`);
  }
  return ENGINES.filter((engine) => names.includes(engine.name));
}

async function install(engine: Engine, home: string): Promise<void> {
  for (const command of installCommands(engine, home)) await runWithRetry(command);
  const staged = join(stagingFolder(home), engine.name);
  if (!existsSync(staged)) throw new Error(`the commands succeeded, but ${staged} is not there`);
  renameSync(staged, installedBinary(engine, home));
  markInstalled(engine, home);
}

/** Installs what is missing, prints one line per engine, and answers whether all are there. */
export async function installEngines(engines: readonly Engine[], home: string): Promise<boolean> {
  for (const folder of [enginesBin(home), stagingFolder(home)]) mkdirSync(folder, { recursive: true });
  let complete = true;
  for (const engine of engines) {
    const title = `${engine.name} ${engine.version}`;
    if (isInstalled(engine, home)) {
      console.log(`${title}: present`);
      continue;
    }
    const started = Date.now();
    try {
      await install(engine, home);
      console.log(`${title}: installed in ${String(Math.round((Date.now() - started) / 1000))} s`);
    } catch (error) {
      complete = false;
      console.error(`${title}: NOT installed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return complete;
}

const program = new Command('engines')
  .description(
    'Installs what is missing of the real programs that tests and the demo use; needs Go, and Python 3 for some.',
  )
  .option('--only <names>', `with commas between: ${ENGINES.map(({ name }) => name).join(', ')}`)
  .action(async ({ only }: { readonly only?: string }) => {
    const home = enginesHome();
    console.log(`engines in ${enginesBin(home)}`);
    if (!(await installEngines(selectEngines(only), home))) process.exitCode = 1;
  });

if (require.main === module) {
  program.parseAsync().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
