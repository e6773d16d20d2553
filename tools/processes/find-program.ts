import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Variables } from '../../engines/cache';

/** Folders of `PATH`, in its order. */
export function foldersOnPath(variables: Variables): readonly string[] {
  return (variables['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** Full path of the first file in these folders that can be run under one of the names. */
export function findProgram(names: readonly string[], folders: readonly string[]): string | undefined {
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
