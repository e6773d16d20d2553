import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContent } from '../../content/content';
import type { Environment } from '../../environments/environment';
import { formatFindings } from '../../check/format-findings';
import { loadProject } from '../../stacks/project';
import { synthesize } from '../../stacks/synthesis';
import { writeTree } from '../files';
import { median } from './processes';
import { scaledContent } from './scaled-content';

/** Runs of each size; the first one of each is thrown away. */
const RUNS = 5;

/**
 * Milliseconds that one dashboard or rule file costs, from reading it to the stack on the disk, when the content is so
 * many times as large.
 *
 * @param root the repository's root
 * @returns one number for each factor
 */
export function costPerUnit(
  root: string,
  environment: Environment,
  factors: readonly number[],
): readonly number[] {
  const content = readContent(root);
  return factors.map((factor) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
    try {
      const { files, units } = scaledContent(content, factor);
      writeTree(folder, files);
      const times = Array.from({ length: RUNS + 1 }, () => timed(folder, environment));
      return median(times.slice(1)) / units;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

function timed(root: string, environment: Environment): number {
  const started = performance.now();
  const { models, findings } = loadProject(root, [environment]);
  if (models.length === 0) throw new Error(`scaled content is refused:\n${formatFindings(findings, 'text')}`);
  synthesize(models, join(root, 'cdktf.out'));
  return performance.now() - started;
}
