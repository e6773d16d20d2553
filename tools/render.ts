import { Argument, Command } from 'commander';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../environments';
import { printFindings } from '../stacks/output';
import { loadProject } from '../stacks/project';
import { renderedFiles } from '../stacks/rendered-files';
import { selectModels } from '../stacks/selection';
import { writeTree } from './files';

/** Marks a folder as one that this command may replace. */
const MARKER = '.rendered-by-rag-monitoring';

const program = new Command('render')
  .description(
    'Writes every file that the running programs of an environment read, under its path in the pod.',
  )
  .addArgument(new Argument('<environment>', 'whose files').choices(environments.map(({ name }) => name)))
  .argument('<folder>', 'made if absent; what an earlier render put there is replaced')
  .action((environment: string, folder: string) => {
    process.exitCode = render(environment, folder);
  });

program.parse();

function render(environment: string, folder: string): number {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, MARKER))) {
    process.stderr.write(
      `${folder}: holds files that no render wrote; allowed: an empty folder, or one rendered before; mend: name another\n`,
    );
    return 1;
  }
  const { models, findings } = loadProject(join(__dirname, '..'), environments);
  if (printFindings(findings)) return 1;
  const selected = selectModels(models, environment);
  if (printFindings(selected.findings)) return 1;
  const files = new Map(selected.models.flatMap((model) => [...renderedFiles(model)]));
  writeTree(folder, new Map([...files, [MARKER, `${environment}\n`]]));
  process.stdout.write(`${[...files.keys()].join('\n')}\n${String(files.size)} files in ${folder}\n`);
  return 0;
}
