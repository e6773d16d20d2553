import { join } from 'node:path';
import { namespacePatterns, renderRuleFiles } from '../../constructs/prometheus/rule-files';
import { readContent } from '../../content/content';
import { metricContractSchema } from '../../content/metric-contract';
import { ruleFileSchema } from '../../content/rules';
import type { Environment } from '../../environments/environment';
import { parse } from 'yaml';
import { mutantsOf, type Mutant, type RuleFileHere } from './mutant';
import { siblings } from './siblings';
import { readSurvivors } from './survivors';
import { SURVIVORS, unitTestsOf, type UnitTest } from './unit-test';

/** Everything that a run needs of a project. */
export interface ProjectMutants {
  readonly files: readonly RuleFileHere[];
  readonly tests: readonly UnitTest[];
  readonly mutants: readonly Mutant[];
  /** Reason by id of the known survivors. */
  readonly survivors: ReadonlyMap<string, string>;
}

/**
 * The rules of a project as one environment reads them, their unit tests, and every change by one step.
 *
 * @param root the repository's root
 */
export function projectMutants(root: string, environment: Environment): ProjectMutants {
  const content = readContent(root);
  const { thresholds, links, namespaces } = environment;
  const rendered = renderRuleFiles(content.rules, {
    thresholds: { ...thresholds },
    links: { ...links },
    namespaces: namespacePatterns(namespaces),
  });
  const files = rendered.map(({ name, content: text }, index): RuleFileHere => ({
    name,
    path: (content.rules[index]?.path ?? name).replace(/^alert-rules\//, ''),
    document: ruleFileSchema.parse(parse(text)),
  }));
  const contracts = content.metrics.map(({ document }) => metricContractSchema.parse(document.value));
  const recorded = files.flatMap(({ document }) =>
    document.groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? [])),
  );
  const folder = join(root, 'alert-rules', 'tests');
  return {
    files,
    tests: unitTestsOf(folder, environment.name),
    mutants: mutantsOf(files, siblings(contracts, recorded)),
    survivors: readSurvivors(join(folder, SURVIVORS)),
  };
}
