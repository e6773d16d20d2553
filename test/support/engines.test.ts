import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { plainTitle } from '../../engines/skip-title';
import { findEngine, planSuite } from './engines';

let folder: string;

function makeProgram(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engines-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('findEngine', () => {
  it('finds a program on PATH', () => {
    const file = makeProgram(join(folder, 'second'), 'promtool');
    const PATH = `${join(folder, 'first')}:${join(folder, 'second')}`;

    expect(findEngine('promtool', { PATH })).toBe(file);
  });

  it('does not take a file that cannot be run, nor a folder', () => {
    writeFileSync(join(folder, 'promtool'), '');
    mkdirSync(join(folder, 'amtool'));

    expect(findEngine('promtool', { PATH: folder })).toBeUndefined();
    expect(findEngine('amtool', { PATH: folder })).toBeUndefined();
  });

  it('prefers the pinned program of the cache over PATH when ENGINES_HOME names the cache', () => {
    makeProgram(join(folder, 'path'), 'promtool');
    const pinned = makeProgram(join(folder, 'home', 'bin'), 'promtool');

    expect(findEngine('promtool', { PATH: join(folder, 'path'), ENGINES_HOME: join(folder, 'home') })).toBe(
      pinned,
    );
  });

  it('falls back to PATH for what the cache has not', () => {
    const file = makeProgram(join(folder, 'path'), 'helm');

    expect(
      findEngine('helm', { PATH: join(folder, 'path'), REQUIRE_ENGINES: '1', ENGINES_HOME: folder }),
    ).toBe(file);
  });
});

describe('planSuite', () => {
  it('runs a suite whose engines are all there', () => {
    expect(planSuite('rules', [], {})).toEqual({ kind: 'run' });
  });

  it('skips with the names of the missing engines, and the plain title can be had back', () => {
    const plan = planSuite('rules', ['promtool', 'amtool'], {});

    expect(plan).toEqual({ kind: 'skip', title: 'rules [not on PATH: promtool, amtool]' });
    expect(plainTitle('rules [not on PATH: promtool, amtool] parse')).toBe('rules parse');
  });

  it('fails with the command that installs them when engines are required', () => {
    const plan = planSuite('rules', ['promtool', 'amtool'], {
      REQUIRE_ENGINES: '1',
      ENGINES_HOME: '/engines',
    });

    expect(plan).toEqual({
      kind: 'fail',
      message:
        'promtool, amtool: not found in /engines/bin nor on PATH; mend: npm run engines -- --only promtool,amtool',
    });
  });
});
