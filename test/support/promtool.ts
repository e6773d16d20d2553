import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { namespacePatterns, renderRuleFiles } from '../../constructs/prometheus/rule-files';
import { readContent } from '../../content/content';
import type { Environment } from '../../environments/environment';

/** The repository's root. */
export const repository = join(__dirname, '..', '..');

/** Rule files as rendered for an environment, on disk, with the unit tests in `tests/` beside them. */
export interface RuleFolder {
  readonly path: string;
  readonly files: readonly string[];
  readonly remove: () => void;
}

/** Writes the rules of the repository as one environment's Prometheus would read them. */
export function writeRules({
  thresholds,
  links,
  namespaces,
}: Pick<Environment, 'thresholds' | 'links' | 'namespaces'>): RuleFolder {
  const path = mkdtempSync(join(tmpdir(), 'rules-'));
  const rendered = renderRuleFiles(readContent(repository).rules, {
    thresholds: { ...thresholds },
    links: { ...links },
    namespaces: namespacePatterns(namespaces),
  });
  const files = rendered.map(({ name, content }) => {
    writeFileSync(join(path, name), content);
    return join(path, name);
  });
  mkdirSync(join(path, 'tests'));
  cpSync(join(repository, 'alert-rules', 'tests'), join(path, 'tests'), { recursive: true });
  return {
    path,
    files,
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
}

/** The environment whose thresholds a unit test expects, from its first line `# thresholds: <name>`. */
export function thresholdsOf(file: string): string | undefined {
  return /^# thresholds: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1];
}

/** Runs promtool; gives what it printed and whether it was content. */
export async function promtool(
  binary: string,
  args: readonly string[],
): Promise<{ ok: boolean; output: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(binary, [...args], { maxBuffer: 64 * 1024 * 1024 });
    return { ok: true, output: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { ok: false, output: stdout + stderr };
  }
}
