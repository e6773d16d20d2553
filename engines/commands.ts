import { join } from 'node:path';

import { RECIPES, enginesBin } from './cache';
import type { Engine, GoInstallRecipe, GoModuleRecipe, ScriptRecipe } from './engine';

/** One command of an installation. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Working directory. */
  readonly cwd: string;
  /** Variables set beside those of this process. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Pure Go, so that no C compiler is needed and the binary runs on any libc. */
const GO_VARIABLES = { CGO_ENABLED: '0', GOWORK: 'off' };

/** Symbols and debug data are left out: it halves the files and the time to link them. */
const SMALL = '-s -w';

function goInstall(recipe: GoInstallRecipe, home: string, target: string): readonly Command[] {
  return [
    {
      program: 'go',
      args: ['install', `-ldflags=${SMALL}`, `${recipe.package}@${recipe.moduleVersion}`],
      cwd: home,
      variables: { ...GO_VARIABLES, GOBIN: target },
    },
  ];
}

function goBuild(recipe: GoModuleRecipe, target: string): readonly Command[] {
  const linkValues = (recipe.linkValues ?? []).map((value) => ` -X ${value}`).join('');
  const tags = recipe.tags === undefined ? [] : [`-tags=${recipe.tags.join(',')}`];
  return [
    {
      program: 'go',
      args: [
        'build',
        '-buildvcs=false',
        ...tags,
        `-ldflags=${SMALL}${linkValues}`,
        '-o',
        target,
        recipe.package,
      ],
      cwd: join(RECIPES, recipe.directory),
      variables: GO_VARIABLES,
    },
  ];
}

function runScript(recipe: ScriptRecipe, home: string, target: string): readonly Command[] {
  const script = join(RECIPES, recipe.script);
  return [
    { program: 'sh', args: [script, recipe.moduleVersion, target], cwd: home, variables: GO_VARIABLES },
  ];
}

function pythonInstall(name: string, home: string, target: string): readonly Command[] {
  const environment = join(home, 'python');
  const requirements = join(RECIPES, 'python', 'requirements.txt');
  const common = { cwd: home, variables: {} };
  return [
    { program: 'python3', args: ['-m', 'venv', environment], ...common },
    {
      program: join(environment, 'bin', 'python'),
      args: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
      ...common,
    },
    { program: 'ln', args: ['-sfn', join(environment, 'bin', name), join(target, name)], ...common },
  ];
}

/** Where an installation leaves its binary before it is moved into place, so that a half-written one is never found. */
export function stagingFolder(home: string): string {
  return join(home, 'staging');
}

/** The commands that leave the engine's binary, under its name, in the staging folder. */
export function installCommands(engine: Engine, home: string): readonly Command[] {
  const target = stagingFolder(home);
  switch (engine.recipe.kind) {
    case 'go-install':
      return goInstall(engine.recipe, home, target);
    case 'go-module':
      return goBuild(engine.recipe, join(target, engine.name));
    case 'script':
      return runScript(engine.recipe, home, join(target, engine.name));
    case 'python':
      return pythonInstall(engine.name, home, target);
  }
}

/** A command as one would type it. */
export function commandLine(command: Command): string {
  const variables = Object.entries(command.variables).map(([name, value]) => `${name}=${value}`);
  const words = [command.program, ...command.args].map((word) => (/\s/.test(word) ? `'${word}'` : word));
  return `cd ${command.cwd} && ${[...variables, ...words].join(' ')}`;
}

/** Where the binary of an engine is once installed. */
export function installedBinary(engine: Engine, home: string): string {
  return join(enginesBin(home), engine.name);
}
