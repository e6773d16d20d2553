import * as estree from 'prettier/plugins/estree';
import * as yaml from 'prettier/plugins/yaml';
import { format } from 'prettier/standalone';
import { Document, isMap, isScalar } from 'yaml';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import { reasonOf, sloRules } from '../../constructs/prometheus/slo-rules';
import type { Slo } from '../../content/slo-file';
import type { FileTree } from '../files';
import type { Links } from './expected-alert';
import { comesBackTest, dataTests } from './data-tests';
import { limitTests, patienceTest } from './limit-tests';
import { LONG_STEP, MONTH_STEP, type RuleTest } from './rule-test';
import { burnTests, guardTest } from './rule-tests';
import { daysTest, hoursTest, monthTest } from './window-tests';

/** Where the rules of SLOs lie, below the repository's root. */
export const SLO_RULES_FOLDER = 'alert-rules/slo';

/** How the names of their tests begin. */
export const SLO_TESTS_PREFIX = 'alert-rules/tests/slo-';

/** The environment whose links the expected annotations hold. */
export interface TestEnvironment {
  readonly name: string;
  readonly links: Links;
}

/**
 * The files that are generated from SLOs, by path from the repository's root: for each a file of rules and several of
 * tests, which look at the rules each minute, each quarter of an hour or twice a day.
 *
 * @param printWidth columns of a line, from `.prettierrc.json`
 */
export async function sloFiles(
  slos: readonly Slo[],
  environment: TestEnvironment,
  printWidth: number,
): Promise<FileTree> {
  const { name, links } = environment;
  const documents = slos.flatMap((slo): [string, string, string][] => {
    const generated = `# Written by \`npm run slos\` from slos/${slo.name}.yaml. Change that file, not this one.\n`;
    const thresholds = `# thresholds: ${name}\n${generated}`;
    return [
      [`${SLO_RULES_FOLDER}/${slo.name}.yaml`, generated, ruleFile(slo)],
      ...testsOf(slo, links).map(([part, step, tests]): [string, string, string] => [
        `${SLO_TESTS_PREFIX}${slo.name}${part}.yaml`,
        thresholds,
        testFile(slo, step, tests),
      ]),
    ];
  });
  const style = { parser: 'yaml', plugins: [estree, yaml], printWidth, singleQuote: true };
  const files = documents.map(async ([path, head, text]): Promise<[string, string]> => [
    path,
    await format(head + text, style),
  ]);
  return new Map(await Promise.all(files));
}

/** The tests by what is added to the file's name, with the minutes between two evaluations. */
function testsOf(slo: Slo, links: Links): readonly (readonly [string, number, readonly RuleTest[]])[] {
  const critical = burnTests(slo, 'critical', links);
  return [
    ['', 1, [...limitTests(slo, links), patienceTest(slo, links), guardTest(slo, links)]],
    ['-data', LONG_STEP, dataTests(slo, links)],
    ['-hours', 1, [hoursTest(slo), comesBackTest(slo, links)]],
    ['-days', LONG_STEP, [daysTest(slo), ...burnTests(slo, 'warning', links)]],
    ['-month', MONTH_STEP, [monthTest(slo)]],
    ...(critical.length === 0 ? [] : [['-pages', 1, critical] as const]),
  ];
}

/** The rules with the reason of each `for`, as every rule file has it. */
function ruleFile(slo: Slo): string {
  const rules = sloRules(slo);
  const document = new Document(rules, { aliasDuplicateObjects: false });
  rules.groups.forEach((group, groupIndex) => {
    group.rules.forEach((rule, ruleIndex) => {
      const reason = reasonOf(rule);
      const node = document.getIn(['groups', groupIndex, 'rules', ruleIndex]);
      const key = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && item.key.value === 'for')?.key
        : undefined;
      if (reason !== undefined && isScalar(key)) key.commentBefore = ` ${reason}`;
    });
  });
  return document.toString({ lineWidth: 0 });
}

function testFile(slo: Slo, step: number, tests: readonly RuleTest[]): string {
  return renderYaml({
    rule_files: [`../slo-${slo.name}.yaml`],
    evaluation_interval: `${String(step)}m`,
    group_eval_order: sloRules(slo).groups.map(({ name }) => name),
    tests,
  });
}
