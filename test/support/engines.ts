import { enginesBin, enginesHome } from '../../engines/cache';
import type { Variables } from '../../engines/cache';
import type { EngineName } from '../../engines/engines';
import { skippedTitle } from '../../engines/skip-title';
import { findProgram, foldersOnPath } from '../../tools/processes/find-program';

/** `npm run test:engines` sets it: a missing engine is then an error. */
function enginesRequired(variables: Variables): boolean {
  return variables['REQUIRE_ENGINES'] === '1';
}

/**
 * Folders in which engines are looked for. The cache of `npm run engines` counts when the run asks for engines or names
 * the cache, and then comes first, so that a pinned version wins over whatever else the machine has.
 */
function searchFolders(variables: Variables): readonly string[] {
  const path = foldersOnPath(variables);
  const useCache = enginesRequired(variables) || variables['ENGINES_HOME'] !== undefined;
  return useCache ? [enginesBin(enginesHome(variables)), ...path] : path;
}

/** Full path of an engine's binary; undefined if it is not to be found. */
export function findEngine(name: EngineName, variables: Variables = process.env): string | undefined {
  return findProgram([name], searchFolders(variables));
}

/** Full path of each engine that a suite asked for. */
export type EnginePaths<Name extends EngineName> = Readonly<Record<Name, string>>;

/** What to do with a suite, given the engines at hand. */
export type SuitePlan =
  | { readonly kind: 'run' }
  | { readonly kind: 'skip'; readonly title: string }
  | { readonly kind: 'fail'; readonly message: string };

/** Decides whether a suite runs, is skipped (an ordinary run) or fails (a run that requires engines). */
export function planSuite(
  title: string,
  missing: readonly EngineName[],
  variables: Variables = process.env,
): SuitePlan {
  if (missing.length === 0) return { kind: 'run' };
  if (!enginesRequired(variables)) return { kind: 'skip', title: skippedTitle(title, missing) };
  const names = missing.join(',');
  return {
    kind: 'fail',
    message: `${missing.join(', ')}: not found in ${enginesBin(enginesHome(variables))} nor on PATH; mend: npm run engines -- --only ${names}`,
  };
}

/**
 * A `describe` for tests that need real programs: runs when all are found; else it is skipped with the missing ones in
 * its title, or, under `REQUIRE_ENGINES=1`, fails and says how to install them.
 *
 * @param body Gets the paths of the binaries; those of missing ones are empty, so use them inside tests only.
 */
export function describeWithEngines<Name extends EngineName>(
  names: readonly Name[],
  title: string,
  body: (engines: EnginePaths<Name>) => void,
): void {
  const paths = Object.fromEntries(names.map((name) => [name, findEngine(name) ?? ''])) as Record<
    Name,
    string
  >;
  const missing = names.filter((name) => paths[name] === '');
  const plan = planSuite(title, missing);
  if (plan.kind === 'run') {
    describe(title, () => {
      body(paths);
    });
  } else if (plan.kind === 'skip') {
    describe.skip(plan.title, () => {
      body(paths);
    });
  } else {
    describe(title, () => {
      it('has its engines', () => {
        throw new Error(plan.message);
      });
    });
  }
}
