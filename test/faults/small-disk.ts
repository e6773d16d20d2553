import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A disk that can be filled. */
export interface SmallDisk {
  readonly path: string;
  /** Fills what is left. */
  fill(): void;
  /** Deletes what filled it. */
  free(): void;
  /**
   * Takes the disk away.
   *
   * @throws Error if it stays
   */
  remove(): void;
}

const BLOCK = Buffer.alloc(64 * 1024);

/**
 * Mounts a small disk (tmpfs) on an empty folder.
 *
 * @throws Error where mounts are not allowed
 */
export function smallDisk(path: string, sizeMiB: number): SmallDisk {
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${String(sizeMiB)}m,mode=0700`, 'tmpfs', path],
    { encoding: 'utf8' },
  );
  if (mounted.status !== 0) {
    throw new Error(
      `a small disk on ${path}: ${mounted.stderr.trim()}; mend: run as root, or in a container that may mount`,
    );
  }
  const ballast = join(path, 'ballast');
  return {
    path,
    fill: () => {
      fillUp(ballast, path);
    },
    free: () => {
      rmSync(ballast, { force: true });
    },
    remove: () => {
      const { status, stderr } = spawnSync('umount', ['-l', path], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`the small disk on ${path} stays: ${stderr.trim()}`);
    },
  };
}

/** Writes until nothing is left, the last bytes one block at a time. */
function fillUp(file: string, disk: string): void {
  const handle = openSync(file, 'a');
  try {
    while (statfsSync(disk).bavail > 0) writeSync(handle, BLOCK);
    fsyncSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(handle);
  }
}
