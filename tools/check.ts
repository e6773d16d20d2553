import { join } from 'node:path';
import { Command, Option } from 'commander';
import pc from 'picocolors';
import { checkContent } from '../check/check-content';
import { hasErrors } from '../check/finding';
import type { Finding } from '../check/finding';
import { findingFormats, formatFindings } from '../check/format-findings';
import type { FindingFormat } from '../check/format-findings';
import { DATASOURCE_UIDS } from '../constructs/grafana/grafana-datasources';
import { readContent } from '../content/content';
import { environments } from '../environments/index';
import { GRAFANA_PLUGINS } from '../stacks/versions';

/** The repository's root, wherever the command is called from. */
const root = join(__dirname, '..');

/**
 * Every finding over the versioned files of a project.
 *
 * @param projectRoot folder with `dashboards/`, `alert-rules/`, `metrics/` and `runbooks/`
 */
export function checkProject(projectRoot: string): Finding[] {
  const names = (pick: (environment: (typeof environments)[number]) => object): string[] => [
    ...new Set(environments.flatMap((environment) => Object.keys(pick(environment)))),
  ];
  return checkContent(readContent(projectRoot), {
    thresholds: names(({ thresholds }) => thresholds),
    links: names(({ links }) => links),
    datasourceUids: DATASOURCE_UIDS,
    plugins: Object.keys(GRAFANA_PLUGINS),
  });
}

function main(): void {
  const program = new Command('check')
    .description('Shows what is wrong in dashboards, rules, the metric contract and environments.')
    .addOption(
      new Option('--format <format>', 'how findings are written').choices(findingFormats).default('text'),
    )
    .parse();
  const { format } = program.opts<{ format: FindingFormat }>();
  const findings = checkProject(root);
  const colours = { error: pc.red, warning: pc.yellow, info: pc.blue, dim: pc.dim };
  process.stdout.write(formatFindings(findings, format, colours));
  process.exitCode = hasErrors(findings) ? 1 : 0;
}

if (require.main === module) main();
