import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { SCENARIOS } from '../examples/rag-api/load/scenarios';
import { keptResults, report } from '../test/e2e/report';

const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'e2e.md');

/** Runs beside each other: a stack keeps one processor busy. */
const LANES = 2;

interface Options {
  readonly results?: string;
  readonly hours: string;
}

void new Command('e2e:report')
  .description('Runs every scenario on a stack of its own and writes docs/e2e.md of what was seen.')
  .option('--results <folder>', 'what earlier runs with E2E_RESULTS=<folder> kept; nothing is run')
  .option('--hours <hours>', 'of production that are waited for after each scenario', '6')
  .action(async ({ results, hours }: Options) => {
    process.exitCode = results === undefined ? await runAll(hours) : write(results);
  })
  .parseAsync();

/** The report is written whatever the tests say: it shows what was seen. */
async function runAll(hours: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'e2e-results-'));
  const lanes = Array.from({ length: LANES }, (_item, lane) =>
    SCENARIOS.filter((_scenario, index) => index % LANES === lane).map(({ name }) => name),
  );
  try {
    const codes = await Promise.all(
      lanes.map((names) => runLane({ E2E: names.join(','), E2E_HOURS: hours, E2E_RESULTS: folder })),
    );
    return write(folder) || Math.max(...codes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runLane(variables: Readonly<Record<string, string>>): Promise<number> {
  const run = spawn('npm', ['run', 'test:e2e', '--', 'scenarios'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...variables },
  });
  const [code] = (await once(run, 'exit')) as [number | null];
  return code ?? 1;
}

function write(folder: string): number {
  const text = report(keptResults(folder));
  writeFileSync(PAGE, text);
  const formatted = spawnSync(join(ROOT, 'node_modules', '.bin', 'prettier'), ['--write', PAGE], {
    cwd: ROOT,
  });
  return formatted.status ?? 1;
}
