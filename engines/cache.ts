import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import type { Engine } from './engine';

/** Folder of the recipes: where this file is. */
export const RECIPES = __dirname;

/** Environment variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Where engines are kept, outside the tree: `ENGINES_HOME`, or the cache folder of the user. */
export function enginesHome(variables: Variables = process.env): string {
  return variables['ENGINES_HOME'] ?? join(homedir(), '.cache', 'rag-monitoring', 'engines');
}

/** The folder with the binaries, named as the engines are. */
export function enginesBin(home: string): string {
  return join(home, 'bin');
}

function recipeFiles(engine: Engine): readonly string[] {
  switch (engine.recipe.kind) {
    case 'go-install':
      return [];
    case 'script':
      return [join(RECIPES, engine.recipe.script)];
    case 'python':
      return [join(RECIPES, 'python', 'requirements.txt')];
    case 'go-module': {
      const directory = join(RECIPES, engine.recipe.directory);
      return readdirSync(directory)
        .filter((file) => /\.(go|mod|sum)$/.test(file))
        .sort()
        .map((file) => join(directory, file));
    }
  }
}

/** Says in one word everything that an installation depends on: version, recipe and pinned dependencies. */
export function fingerprint(engine: Engine): string {
  const hash = createHash('sha256').update(JSON.stringify([engine.version, engine.recipe]));
  for (const file of recipeFiles(engine)) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function stampFile(engine: Engine, home: string): string {
  return join(home, 'stamps', engine.name);
}

/** True when the engine is there as its recipe says now. */
export function isInstalled(engine: Engine, home: string): boolean {
  const stamp = stampFile(engine, home);
  return (
    existsSync(join(enginesBin(home), engine.name)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint(engine)
  );
}

/** Remembers that the engine was installed as its recipe says now. */
export function markInstalled(engine: Engine, home: string): void {
  mkdirSync(join(home, 'stamps'), { recursive: true });
  writeFileSync(stampFile(engine, home), fingerprint(engine));
}
