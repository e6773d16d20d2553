import { parse } from 'yaml';
import { namespacePatterns, renderRuleFiles } from '../../constructs/prometheus/rule-files';
import type { Content } from '../../content/content';
import { metricContractSchema } from '../../content/metric-contract';
import { ruleFileSchema, type Rule } from '../../content/rules';
import type { Environment } from '../../environments/environment';
import { seriesOf, type MetricSeries } from './series';
import { uniqueBy, makeWorld, type Labels } from './world';

/** A rule with the labels of its group, and the file that it is from. */
export interface RuleHere {
  readonly file: string;
  readonly group: string;
  readonly rule: Rule;
}

/** Every rule of an environment as rendered, in the order of the files; rules have their group's labels too. */
export function rulesOf(content: Content, environment: Environment): readonly RuleHere[] {
  const { thresholds, links, namespaces } = environment;
  return renderRuleFiles(content.rules, {
    thresholds: { ...thresholds },
    links: { ...links },
    namespaces: namespacePatterns(namespaces),
  }).flatMap(({ name, content: text }) =>
    ruleFileSchema.parse(parse(text)).groups.flatMap(({ name: group, labels, rules }) =>
      rules.map((rule) => ({
        file: name,
        group,
        rule: { ...rule, labels: { ...labels, ...rule.labels } },
      })),
    ),
  );
}

/**
 * Every series of the contract for an environment with so many pods of each service.
 *
 * @param nodes of the cluster
 */
export function projectSeries(
  content: Content,
  environment: Environment,
  podsPerService: number,
  nodes: number,
): readonly MetricSeries[] {
  const { namespaces, applications } = environment;
  const application = namespaces.application[0] ?? environment.name;
  const world = makeWorld({
    namespaces: { application, monitoring: namespaces.monitoring, agents: namespaces.agents },
    services: applications.map(({ name }) => name),
    podsPerService,
    nodes,
  });
  const contracts = content.metrics.map(({ document }) => metricContractSchema.parse(document.value));
  const alerts = rulesOf(content, environment).flatMap(({ rule: { alert, labels } }): Labels[] =>
    alert === undefined ? [] : [{ alertname: alert, namespace: application, ...labels }],
  );
  return seriesOf(
    contracts,
    world,
    uniqueBy(alerts, (labels) => JSON.stringify(labels)),
  );
}
