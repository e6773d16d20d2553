import type { RoutingModel } from '../../constructs/alertmanager/routing';
import type { Component } from '../../constructs/kubernetes/component';
import type { ConfigProblem } from '../../constructs/kubernetes/config-error';
import type { ScrapeJob } from '../../constructs/prometheus/scrape-job';
import type { Content } from '../../content/content';
import { modelFinding } from '../environment/environment-findings';
import type { Finding } from '../finding';
import { viewRules } from '../rules/rule-view';
import { configMapFindings } from './config-maps';
import { contractJobFindings } from './contract-jobs';
import { privilegeProblems } from './least-privilege';
import { routeFindings, type RoutedAlert } from './notification-routes';
import { objectNameProblems } from './object-names';

/** What the checks read of an environment's model. */
export interface CheckedModel {
  readonly environment: string;
  readonly components: readonly Component[];
  readonly routing: RoutingModel;
  readonly jobs: readonly Pick<ScrapeJob, 'name' | 'targetLabels'>[];
}

/** Everything that is wrong in the models of the environments, now that their content is known to be sound. */
export function modelFindings(models: readonly CheckedModel[], content: Content): Finding[] {
  const alerts = alertsOf(content);
  return models.flatMap(({ environment, components, routing, jobs }) => [
    ...configMapFindings(environment, components),
    ...told(objectNameProblems(environment, components), 'model/object-name'),
    ...told(privilegeProblems(environment, components), 'model/privilege'),
    ...routeFindings(environment, routing, alerts),
    ...contractJobFindings(environment, jobs, content),
  ]);
}

/** Alerts with the labels that routing sees; labels that come from series are not known here and are not routed by. */
function alertsOf(content: Content): RoutedAlert[] {
  return viewRules(content)
    .rules.filter(({ rule }) => rule.alert !== undefined)
    .map(({ name, labels, file, at }) => ({
      labels: { ...labels, alertname: name },
      file,
      at,
    }));
}

function told(problems: readonly ConfigProblem[], rule: string): Finding[] {
  return problems.map((problem) => modelFinding(problem, rule));
}
