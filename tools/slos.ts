import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { readContent } from '../content/content';
import { sloFileSchema, type Slo } from '../content/slo-file';
import { prod } from '../environments/prod';
import type { FileTree } from './files';
import { SLO_RULES_FOLDER, SLO_TESTS_PREFIX, sloFiles } from './slos/slo-output';

/** The repository's root, wherever the command is called from. */
const repository = join(__dirname, '..');

/**
 * The generated files as they should be.
 *
 * @param root folder with `slos/` and `.prettierrc.json`
 * @throws Error where a file of `slos/` does not fit its schema; `npm run check` says where
 */
export async function wantedSloFiles(root: string): Promise<FileTree> {
  const { printWidth } = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as {
    printWidth: number;
  };
  const slos = readContent(root).slos.map(({ path, document }): Slo => {
    const { data, error } = sloFileSchema.safeParse(document.value);
    if (error) throw new Error(`${path}: does not fit; npm run check says where`);
    return data;
  });
  return sloFiles(slos, { name: prod.name, links: { ...prod.links } }, printWidth);
}

/** The generated files as they are. */
export function presentSloFiles(root: string): FileTree {
  const tests = dirname(SLO_TESTS_PREFIX);
  const paths = [SLO_RULES_FOLDER, tests]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !path.startsWith(`${tests}/`) || path.startsWith(SLO_TESTS_PREFIX));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

async function main(): Promise<void> {
  const { check } = new Command('slos')
    .description('Writes the rules of the SLOs in slos/ and their tests.')
    .option('--check', 'changes nothing; exits 1 where a file is not as it would be written', false)
    .parse()
    .opts<{ check: boolean }>();
  const wanted = await wantedSloFiles(repository);
  const present = presentSloFiles(repository);
  const changed = [...wanted].filter(([path, text]) => present.get(path) !== text);
  const superfluous = [...present.keys()].filter((path) => !wanted.has(path));
  for (const [path, text] of changed) {
    process.stdout.write(`${path}: ${check ? 'run `npm run slos`' : 'written'}\n`);
    if (check) continue;
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  for (const path of superfluous) {
    process.stdout.write(`${path}: ${check ? 'run `npm run slos`' : 'removed'}\n`);
    if (!check) rmSync(join(repository, path));
  }
  process.exitCode = check && changed.length + superfluous.length > 0 ? 1 : 0;
}

if (require.main === module) void main();
