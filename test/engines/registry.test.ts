import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { RECIPES } from '../../engines/cache';
import type { Engine } from '../../engines/engine';
import { ENGINES } from '../../engines/engines';
import { selectEngines } from '../../engines/install';

const ALL: readonly Engine[] = ENGINES;

/** `go install` names the binary after the last element of the package that is not a major version. */
function binaryName(goPackage: string): string | undefined {
  return goPackage
    .split('/')
    .filter((element) => !/^v\d+$/.test(element))
    .at(-1);
}

/** True if the files beside the recipe, or the recipe itself, ask for the version that the registry states. */
function isPinned({ name, version, recipe }: Engine): boolean {
  switch (recipe.kind) {
    case 'go-module':
      return readFileSync(join(RECIPES, recipe.directory, 'go.mod'), 'utf8').includes(recipe.requires);
    case 'go-install':
      return binaryName(recipe.package) === name && recipe.moduleVersion === `v${version}`;
    case 'script':
      return recipe.moduleVersion === `v${version}`;
    case 'python': {
      const lines = readFileSync(join(RECIPES, 'python', 'requirements.txt'), 'utf8').split('\n');
      return lines.includes(recipe.requirement) && recipe.requirement.endsWith(`==${version}`);
    }
  }
}

describe('the registry of engines', () => {
  it('names each engine once', () => {
    expect(new Set(ALL.map((engine) => engine.name)).size).toBe(ALL.length);
  });

  it('pins each engine where its recipe is', () => {
    expect(ALL.filter((engine) => !isPinned(engine)).map((engine) => engine.name)).toEqual([]);
  });

  it('says how Kubernetes, Prometheus and Jaeger number the modules of a release', () => {
    const required = Object.fromEntries(
      ALL.flatMap(({ name, version, recipe }) =>
        recipe.kind === 'go-module' ? [[name, [version, recipe.requires.split(' ')[1]]]] : [],
      ),
    ) as Readonly<Record<string, readonly string[]>>;

    expect(required['prometheus']).toEqual(['3.14.0', 'v0.314.0']);
    expect(required['jaeger']).toEqual(['2.13.0', 'v1.76.0']);
    expect(required['kube-apiserver']).toEqual(['1.34.3', 'v1.34.3']);
  });
});

describe('selectEngines', () => {
  it('takes all when none is named', () => {
    expect(selectEngines(undefined)).toEqual(ENGINES);
  });

  it('takes the named ones in the order of the registry', () => {
    expect(selectEngines('helm, promtool').map((engine) => engine.name)).toEqual(['promtool', 'helm']);
  });

  it('fails on a name that is not an engine', () => {
    expect(() => selectEngines('promtool,promtol')).toThrow(
      /--only promtol; allowed: promtool, amtool, .*; mend: correct the name/,
    );
  });
});
