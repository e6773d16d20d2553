import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readContract } from '../check/metrics/contract-findings';
import { readContent } from '../content/content';
import { printFindings } from '../stacks/output';
import { contractPage } from './contract-page';

/** The reference page, from the repository's root. */
export const METRICS_PAGE = 'docs/metrics.md';

/**
 * The reference page of a repository.
 *
 * @returns the text, and what of the contract does not fit; with findings there is no text
 */
export function renderMetricsPage(root: string) {
  const content = readContent(root);
  const { contracts, findings } = readContract(content);
  if (findings.length > 0) return { findings };
  const files = content.metrics.flatMap(({ path }, index) => {
    const contract = contracts[index];
    return contract === undefined ? [] : [{ path, contract }];
  });
  return { findings, text: contractPage(files) };
}

/** Rewrites docs/metrics.md from metrics/*.yaml. */
function main(): number {
  const root = join(__dirname, '..');
  const { text, findings } = renderMetricsPage(root);
  printFindings(findings);
  if (text === undefined) return 1;
  const file = join(root, METRICS_PAGE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return 0;
}

if (require.main === module) process.exitCode = main();
