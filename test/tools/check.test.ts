import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../check/finding';
import { checkProject } from '../../tools/check';

const repository = join(__dirname, '..', '..');

/** A copy of the repository's content in which one text is replaced by another. */
function withChange(
  file: string,
  from: string,
  to: string,
): { readonly root: string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'check-'));
  for (const folder of ['dashboards', 'alert-rules', 'metrics', 'runbooks', 'environments']) {
    cpSync(join(repository, folder), join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(from, to));
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}

function run(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(repository, 'tools', 'check.ts'), ...args],
    { cwd: repository, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  return { status, stdout };
}

describe('checkProject', () => {
  it('finds nothing in the repository itself', () => {
    expect(checkProject(repository)).toEqual([]);
  });
});

describe('npm run check', () => {
  it('exits 0 and says so where nothing is wrong', () => {
    expect(run()).toEqual({ status: 0, stdout: '0 errors, 0 warnings, 0 infos\n' });
  });

  it('exits 1 on an error and names place, rule, message and mend in each format', () => {
    const { root, remove } = withChange(
      'alert-rules/cost.yaml',
      'thresholds.dailyBudgetDollars',
      'thresholds.dailyBudget',
    );
    try {
      const text = run('--root', root);
      const json = run('--root', root, '--format', 'json');
      const github = run('--root', root, '--format', 'github');

      expect([text.status, json.status, github.status]).toEqual([1, 1, 1]);
      expect(text.stdout).toContain(
        'alert-rules/cost.yaml:26:13: error rules/placeholder\n  no environment fills',
      );
      expect(JSON.parse(json.stdout) as Finding[]).toMatchObject([
        {
          file: 'alert-rules/cost.yaml',
          line: 26,
          severity: 'error',
          hint: 'did you mean "thresholds.dailyBudgetDollars"?',
        },
      ]);
      expect(github.stdout).toMatch(
        /^::error file=alert-rules\/cost\.yaml,line=26,col=13,title=rules\/placeholder::no environment fills/,
      );
    } finally {
      remove();
    }
  });

  it('refuses a format that it does not know', () => {
    expect(run('--format', 'xml').status).toBe(1);
  });
});
