import { byFolder } from '../content/content';
import type { Content } from '../content/content';
import { compactJson } from '../content/json-value';
import { dashboardLinks, runbookLinks } from './rules/alert-links';
import { alertMetadata } from './rules/alert-metadata';
import { groupNames, recordNames, ruleNames } from './rules/names';
import { placeholders } from './rules/placeholders';
import { ruleExpressions } from './rules/rule-expressions';
import type { RuleExpression } from './rules/rule-expressions';
import { viewRules } from './rules/rule-view';
import { templateFindings } from './rules/template-findings';
import { otherExpressions, panelExpressions } from './dashboards/dashboard-expressions';
import { viewDashboards } from './dashboards/dashboard-view';
import { datasources } from './dashboards/datasources';
import { panels } from './dashboards/panels';
import { presentation } from './dashboards/presentation';
import { provisioning } from './dashboards/provisioning';
import { variables } from './dashboards/variables';
import { checkExpressions } from './expressions/check-expressions';
import { soundExpression } from './expressions/expression-use';
import type { ContentFacts } from './facts';
import { hasErrors, sortFindings } from './finding';
import type { Finding } from './finding';
import { configMapSize } from './limits/config-map-size';
import { buildCatalogue } from './metrics/catalogue';
import { cloudWatchFindings } from './metrics/cloudwatch-contract';
import { readContract } from './metrics/contract-findings';
import { Scope } from './metrics/scope';
import type { Recording } from './metrics/scope';
import { cachingParser } from './promql/parse';
import { burnRateFindings } from './slos/burn-rates';
import { sloFindings } from './slos/slo-findings';
import { viewSlos } from './slos/slo-view';
import { wellFormed } from './well-formed';

/**
 * Everything that is wrong in the versioned files: dashboards, rules, the metric contract, SLOs and the runbooks' names.
 *
 * @param content what `readContent` read
 * @param facts what the files may refer to: thresholds and links of the environments, data sources, plugins
 * @returns findings in the order of files and lines; the content is good where none is an error
 */
export function checkContent(content: Content, facts: ContentFacts): Finding[] {
  const unreadable = wellFormed(content);
  // What refers to a file that cannot be read looks wrong as well, and is not.
  if (hasErrors(unreadable)) return sortFindings(unreadable);
  const parse = cachingParser();
  const contract = readContract(content);
  const rules = viewRules(content);
  const dashboards = viewDashboards(content);
  const inRules = ruleExpressions(rules, parse);
  const inPanels = panelExpressions(dashboards, facts.datasourceUids, parse);
  const inOthers = otherExpressions(dashboards, facts.datasourceUids, parse);
  const scope = new Scope(buildCatalogue(contract.contracts), recordings(inRules));
  const slos = viewSlos(content);
  const uses = [...inRules.map(({ use }) => use), ...inPanels.map(({ use }) => use), ...inOthers];
  return sortFindings([
    ...unreadable,
    ...contract.findings,
    ...rules.findings,
    ...groupNames(rules),
    ...ruleNames(rules),
    ...recordNames(rules),
    ...placeholders(rules, facts),
    ...alertMetadata(rules),
    ...runbookLinks(rules, content.runbooks),
    ...dashboardLinks(
      rules,
      dashboards.flatMap(({ json }) => (typeof json['uid'] === 'string' ? [json['uid']] : [])),
    ),
    ...templateFindings(inRules, scope),
    ...provisioning(dashboards),
    ...panels(dashboards, facts.plugins),
    ...datasources(dashboards, facts.datasourceUids),
    ...variables(dashboards),
    ...cloudWatchFindings(content, dashboards, facts.datasourceUids),
    ...presentation(inPanels, scope),
    ...checkExpressions(uses, scope),
    ...slos.findings,
    ...sloFindings(slos.views, {
      scope,
      parse,
      contracts: contract.contracts,
      retentionDays: facts.retentionDays,
    }),
    ...burnRateFindings(
      inRules,
      slos.views.map(({ slo }) => slo),
    ),
    ...sizes(content),
  ]);
}

function recordings(expressions: readonly RuleExpression[]): Recording[] {
  return expressions.flatMap(({ view, use }) => {
    const expr = soundExpression(use);
    if (view.rule.record === undefined || expr === undefined) return [];
    return [{ name: view.name, expr, labels: Object.keys(view.labels) }];
  });
}

/** One ConfigMap holds the boards of one Grafana folder, and one holds all rules. */
function sizes({ dashboards, rules }: Content): Finding[] {
  return [
    ...[...byFolder(dashboards)].flatMap(([folder, files]) =>
      configMapSize({
        what: `the dashboards of the folder "${folder}"`,
        files: files.map(({ path, json }) => ({ path, content: compactJson(json) })),
        mend: 'move some of its boards to another folder of dashboards/',
      }),
    ),
    ...configMapSize({
      what: 'the rules',
      files: rules.map(({ path, text }) => ({ path, content: text })),
      mend: 'remove rules that nobody uses',
    }),
  ];
}
