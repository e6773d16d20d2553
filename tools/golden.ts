import { join } from 'node:path';
import { environments } from '../environments';
import { printFindings } from '../stacks/output';
import { loadProject } from '../stacks/project';
import { writeTree } from './files';
import { goldenFiles } from './golden-files';

/** Rewrites test/golden from what the project synthesizes now; the difference is for a person to read. */
function main(): number {
  const root = join(__dirname, '..');
  const { models, findings } = loadProject(root, environments);
  if (printFindings(findings)) return 1;
  const files = goldenFiles(models);
  writeTree(join(root, 'test', 'golden'), files);
  process.stdout.write(`${String(files.size)} files in test/golden\n`);
  return 0;
}

process.exitCode = main();
