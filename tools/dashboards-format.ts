import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { readTree } from './files';
import { formatDashboard } from './dashboards-format/print-dashboard';

const repository = join(__dirname, '..');

const program = new Command('dashboards:format')
  .description('Writes dashboards in the form of the repository, so that a diff shows what a person changed.')
  .argument('[files...]', 'exports of Grafana; without any, every file of dashboards/')
  .option('--check', 'changes nothing; exits 1 where a file is not in that form', false)
  .action(async (files: string[], { check }: { check: boolean }) => {
    process.exitCode = await formatFiles(files.length === 0 ? allDashboards() : files, check);
  });

function allDashboards(): string[] {
  const folder = join(repository, 'dashboards');
  return [...readTree(folder).keys()]
    .filter((path) => path.endsWith('.json'))
    .map((path) => relative(process.cwd(), join(folder, path)));
}

async function formatFiles(files: readonly string[], check: boolean): Promise<number> {
  const { printWidth } = JSON.parse(readFileSync(join(repository, '.prettierrc.json'), 'utf8')) as {
    printWidth: number;
  };
  let failed = false;
  for (const file of files) {
    try {
      const text = readFileSync(file, 'utf8');
      const formatted = await formatDashboard(text, printWidth);
      if (formatted === text) continue;
      if (!check) writeFileSync(file, formatted);
      failed ||= check;
      process.stdout.write(`${file}: ${check ? 'run `npm run dashboards:format`' : 'formatted'}\n`);
    } catch (error) {
      failed = true;
      process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return failed ? 1 : 0;
}

void program.parseAsync();
