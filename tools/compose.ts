import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../environments';
import { printFindings } from '../stacks/output';
import { loadProject } from '../stacks/project';
import { composeOutput, FILES_FOLDER } from './compose/compose-file';
import { writeTree } from './files';
import { stackResources } from './processes/stack-command';

const ROOT = join(__dirname, '..');

/** The environment that leads to nothing outside of one machine. */
const ENVIRONMENT = 'local';

new Command('compose')
  .description('Writes compose/docker-compose.yaml and the files that its containers mount.')
  .action(() => {
    process.exitCode = writeCompose(join(ROOT, 'compose'));
  })
  .parse();

function writeCompose(folder: string): number {
  const { models, findings } = loadProject(ROOT, environments);
  if (printFindings(findings)) return 1;
  const model = models.find(({ environment }) => environment.name === ENVIRONMENT);
  if (model === undefined) throw new Error(`${ENVIRONMENT} is no environment`);
  const { compose, files, leftOut } = composeOutput(model, stackResources(model));
  writeTree(join(folder, FILES_FOLDER), files);
  writeFileSync(join(folder, 'docker-compose.yaml'), compose);
  process.stdout.write(
    `${folder}: docker-compose.yaml and ${String(files.size)} files\n` +
      leftOut.map(({ job, why }) => `left out ${job}: ${why}\n`).join('') +
      `start: docker compose -f compose/docker-compose.yaml up --build\n`,
  );
  return 0;
}
