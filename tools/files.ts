import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Files by path, relative and with forward slashes. */
export type FileTree = ReadonlyMap<string, string>;

/** Every file below a folder; none for a folder that does not exist. */
export function readTree(folder: string): FileTree {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    files.map((file) => [relative(folder, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
}

/** Makes a folder hold exactly these files. */
export function writeTree(folder: string, tree: FileTree): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of tree) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
