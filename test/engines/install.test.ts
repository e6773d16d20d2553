import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { RECIPES, enginesHome, fingerprint, isInstalled, markInstalled } from '../../engines/cache';
import { commandLine, installCommands } from '../../engines/commands';
import type { Command } from '../../engines/commands';
import type { Engine } from '../../engines/engine';
import { runWithRetry } from '../../engines/run-command';

const AMTOOL: Engine = {
  name: 'amtool',
  purpose: 'checks routes',
  version: '0.34.2',
  recipe: { kind: 'go-install', package: 'example.org/cmd/amtool', moduleVersion: 'v0.34.2' },
};
const ETCD: Engine = {
  name: 'etcd',
  purpose: 'stores',
  version: '3.7.3',
  recipe: {
    kind: 'go-module',
    directory: 'etcd',
    package: 'go.etcd.io/etcd/server/v3',
    requires: 'go.etcd.io/etcd/server/v3 v3.7.3',
    tags: ['one', 'two'],
    linkValues: ['version.gitVersion=v1'],
  },
};
const CHECKOV: Engine = {
  name: 'checkov',
  purpose: 'reads',
  version: '3.3.30',
  recipe: { kind: 'python', requirement: 'checkov==3.3.30' },
};

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'engines-install-'));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('enginesHome', () => {
  it('is outside the tree, and moves with ENGINES_HOME', () => {
    expect(enginesHome({})).toBe(join(homedir(), '.cache/rag-monitoring/engines'));
    expect(enginesHome({ ENGINES_HOME: '/elsewhere' })).toBe('/elsewhere');
  });
});

describe('installCommands', () => {
  it('installs a published command at its version, without C', () => {
    expect(installCommands(AMTOOL, '/home')).toEqual([
      {
        program: 'go',
        args: ['install', '-ldflags=-s -w', 'example.org/cmd/amtool@v0.34.2'],
        cwd: '/home',
        variables: { CGO_ENABLED: '0', GOWORK: 'off', GOBIN: '/home/staging' },
      },
    ]);
  });

  it('builds a command from the pinned module with its tags and link values', () => {
    expect(installCommands(ETCD, '/home')).toEqual([
      {
        program: 'go',
        args: [
          'build',
          '-buildvcs=false',
          '-tags=one,two',
          '-ldflags=-s -w -X version.gitVersion=v1',
          '-o',
          '/home/staging/etcd',
          'go.etcd.io/etcd/server/v3',
        ],
        cwd: join(RECIPES, 'etcd'),
        variables: { CGO_ENABLED: '0', GOWORK: 'off' },
      },
    ]);
  });

  it('runs a script with the version and the file to write', () => {
    const recipe = { kind: 'script', script: 'alertmanager/build.sh', moduleVersion: 'v0.34.2' } as const;
    const alertmanager = { name: 'alertmanager', purpose: 'routes', version: '0.34.2', recipe };

    expect(installCommands(alertmanager, '/home')).toEqual([
      {
        program: 'sh',
        args: [join(RECIPES, 'alertmanager/build.sh'), 'v0.34.2', '/home/staging/alertmanager'],
        cwd: '/home',
        variables: { CGO_ENABLED: '0', GOWORK: 'off' },
      },
    ]);
  });

  it('makes a Python environment from the pinned requirements and links the command', () => {
    const [environment, packages, link] = installCommands(CHECKOV, '/home');

    expect(environment?.args).toEqual(['-m', 'venv', '/home/python']);
    expect(packages?.program).toBe('/home/python/bin/python');
    expect(packages?.args.slice(-2)).toEqual(['-r', join(RECIPES, 'python/requirements.txt')]);
    expect(link?.args).toEqual(['-sfn', '/home/python/bin/checkov', '/home/staging/checkov']);
  });
});

describe('isInstalled', () => {
  it('is true only when both the binary and the stamp of the same recipe are there', () => {
    expect(isInstalled(AMTOOL, home)).toBe(false);

    markInstalled(AMTOOL, home);
    expect(isInstalled(AMTOOL, home)).toBe(false);

    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin', 'amtool'), '');
    expect(isInstalled(AMTOOL, home)).toBe(true);
    expect(isInstalled({ ...AMTOOL, version: '0.34.3' }, home)).toBe(false);
  });

  it('does not take one recipe for another: version and pinned dependencies are in the fingerprint', () => {
    expect(fingerprint({ ...AMTOOL, version: '0.34.3' })).not.toBe(fingerprint(AMTOOL));
    expect(
      fingerprint({ ...ETCD, recipe: { ...ETCD.recipe, directory: 'jaeger' } as Engine['recipe'] }),
    ).not.toBe(fingerprint(ETCD));
  });
});

describe('runWithRetry', () => {
  function shell(script: string): Command {
    return { program: 'sh', args: ['-c', script], cwd: home, variables: { GREETING: 'hello' } };
  }

  it('runs in its folder with its variables', async () => {
    await runWithRetry(shell('printf %s "$GREETING" > said'), []);

    expect(readFileSync(join(home, 'said'), 'utf8')).toBe('hello');
  });

  it('tries again after a failure', async () => {
    writeFileSync(join(home, 'count'), '');
    await runWithRetry(shell('echo x >> count; [ "$(wc -l < count)" -eq 2 ]'), [1, 1]);

    expect(readFileSync(join(home, 'count'), 'utf8')).toBe('x\nx\n');
  });

  it('gives up with the command line and the end of its output', async () => {
    const command = shell('echo "no such module" >&2; exit 1');

    await expect(runWithRetry(command, [1])).rejects.toThrow(
      `failed 2 times: ${commandLine(command)}\nno such module`,
    );
    expect(commandLine(command)).toBe(
      `cd ${home} && GREETING=hello sh -c 'echo "no such module" >&2; exit 1'`,
    );
  });

  it('says at once that there is no such program, and how to mend it', async () => {
    const command = { program: 'no-such-program', args: [], cwd: home, variables: {} };

    // A second attempt would come after the time that the test may take.
    await expect(runWithRetry(command, [60_000])).rejects.toThrow(
      'no-such-program: not found on PATH; mend: install it (engines/README.md says which)',
    );
  });
});
