import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { keptResults, report } from '../test/e2e/report';

const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'e2e.md');

new Command('e2e:report')
  .description('Runs every scenario on a stack of its own and writes docs/e2e.md of what was seen.')
  .option('--results <folder>', 'what earlier runs with E2E_RESULTS=<folder> kept; nothing is run')
  .action(({ results }: { readonly results?: string }) => {
    process.exitCode = results === undefined ? runAll() : write(results);
  })
  .parse();

/** The report is written whatever the tests say: it shows what was seen. */
function runAll(): number {
  const folder = mkdtempSync(join(tmpdir(), 'e2e-results-'));
  try {
    const { status } = spawnSync('npm', ['run', 'test:e2e', '--', 'scenarios'], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, E2E_RESULTS: folder },
    });
    return write(folder) || (status ?? 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string): number {
  const text = report(keptResults(folder));
  writeFileSync(PAGE, text);
  const formatted = spawnSync(join(ROOT, 'node_modules', '.bin', 'prettier'), ['--write', PAGE], {
    cwd: ROOT,
  });
  return formatted.status ?? 1;
}
