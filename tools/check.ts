import { join } from 'node:path';
import { Command, Option } from 'commander';
import pc from 'picocolors';
import { hasErrors, sortFindings, type Finding } from '../check/finding';
import { findingFormats, formatFindings, type FindingFormat } from '../check/format-findings';
import { environments } from '../environments';
import { loadProject } from '../stacks/project';

/** The repository's root, wherever the command is called from. */
const repository = join(__dirname, '..');

/**
 * Every finding over a project's versioned files and over the models that its environments make of them.
 *
 * @param root folder with `dashboards/`, `alert-rules/`, `metrics/`, `runbooks/` and `environments/`
 */
export function checkProject(root: string): Finding[] {
  return sortFindings(loadProject(root, environments).findings);
}

function main(): void {
  const program = new Command('check')
    .description('Shows what is wrong in dashboards, rules, the metric contract and environments.')
    .addOption(
      new Option('--format <format>', 'how findings are written').choices(findingFormats).default('text'),
    )
    .option('--root <folder>', 'folder of the content', repository)
    .parse();
  const { format, root } = program.opts<{ format: FindingFormat; root: string }>();
  const findings = checkProject(root);
  const colours = { error: pc.red, warning: pc.yellow, info: pc.blue, dim: pc.dim };
  process.stdout.write(formatFindings(findings, format, colours));
  process.exitCode = hasErrors(findings) ? 1 : 0;
}

if (require.main === module) main();
