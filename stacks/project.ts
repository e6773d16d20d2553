import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkContent } from '../check/check-content';
import {
  collisionFindings,
  environmentFindings,
  modelFinding,
  type EnvironmentSource,
} from '../check/environment/environment-findings';
import { hasErrors, type Finding } from '../check/finding';
import { modelFindings } from '../check/model/model-findings';
import { DATASOURCE_UIDS } from '../constructs/grafana/grafana-datasources';
import { ConfigError } from '../constructs/kubernetes/config-error';
import { readContent, type Content } from '../content/content';
import type { Environment } from '../environments/environment';
import { allOf } from './components';
import { monitoringModel, type MonitoringModel } from './monitoring-model';
import { physicalNames } from './physical-names';
import { GRAFANA_PLUGINS } from './versions';

/** The checked project: models of all environments, or findings that say why there are none. */
export interface Project {
  /** One for each environment, in their order; empty where a finding is an error. */
  readonly models: readonly MonitoringModel[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the content of a repository, checks it and the environments, and makes the models. Nothing is written.
 *
 * @param root the repository's root
 * @param environments all environments, also those that are not to be written: their names must not collide
 */
export function loadProject(root: string, environments: readonly Environment[]): Project {
  const sources = environments.map((environment) => sourceOf(root, environment));
  const content = readContent(root);
  const before = [...environmentFindings(sources), ...checkContent(content, factsOf(environments))];
  if (hasErrors(before)) return { models: [], findings: before };
  const { models, findings: refused } = modelsOf(environments, content);
  const findings = [
    ...before,
    ...refused,
    ...modelFindings(
      models.map(({ environment, components, routing, jobs }) => ({
        environment: environment.name,
        components: allOf(components),
        routing,
        jobs,
      })),
      content,
    ),
    ...collisionFindings(
      sources,
      models.map((model) => ({ environment: model.environment.name, names: physicalNames(model) })),
    ),
  ];
  return { models: hasErrors(findings) ? [] : models, findings };
}

/** The file that an environment is written in: the one that bears its name, or else the one that states it. */
function sourceOf(root: string, environment: Environment): EnvironmentSource {
  const named = `environments/${environment.name}.ts`;
  if (existsSync(join(root, named))) return { environment, file: named, text: textOf(root, named) };
  const stating = environmentFiles(root).find((file) =>
    textOf(root, file).includes(`\n  name: '${environment.name}',\n`),
  );
  return { environment, file: stating ?? named, text: stating === undefined ? '' : textOf(root, stating) };
}

function environmentFiles(root: string): string[] {
  const folder = join(root, 'environments');
  return existsSync(folder) ? readdirSync(folder).map((name) => `environments/${name}`) : [];
}

function textOf(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What content may refer to: only what every environment has. */
function factsOf(environments: readonly Environment[]) {
  const common = (of: (environment: Environment) => object): string[] => {
    const [first, ...rest] = environments.map((environment) => Object.keys(of(environment)));
    return (first ?? []).filter((name) => rest.every((names) => names.includes(name)));
  };
  return {
    thresholds: common(({ thresholds }) => thresholds),
    links: common(({ links }) => links),
    datasourceUids: DATASOURCE_UIDS,
    plugins: Object.keys(GRAFANA_PLUGINS),
    retentionDays: Object.fromEntries(
      environments.map(({ name, prometheus }) => [name, prometheus.retentionDays]),
    ),
  };
}

function modelsOf(environments: readonly Environment[], content: Content) {
  const models: MonitoringModel[] = [];
  const findings: Finding[] = [];
  for (const environment of environments) {
    try {
      models.push(monitoringModel(environment, content));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const where = `${environment.name}: ${error.problem.where}`;
      findings.push(modelFinding({ ...error.problem, where }, 'model/refused'));
    }
  }
  return { models, findings };
}
