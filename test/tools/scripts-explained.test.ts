import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

const SCRIPTS = Object.keys(
  (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts,
);

/** Commands that begin a row of a table in the README or in CONTRIBUTING, less their arguments. */
const EXPLAINED = new Set(
  [
    ...`${read('README.md')}\n${read('CONTRIBUTING.md')}`.matchAll(/^\| `npm (?:run )?([\w:-]+)[^`]*` +\|/gm),
  ].map(([, name]) => name),
);

describe('the tables of commands in README and CONTRIBUTING', () => {
  it.each(SCRIPTS)('explain npm run %s', (script) => {
    expect([...EXPLAINED]).toContain(script);
  });

  it('name no command that is gone', () => {
    expect([...EXPLAINED].filter((name) => !SCRIPTS.includes(name ?? ''))).toEqual([]);
  });
});
