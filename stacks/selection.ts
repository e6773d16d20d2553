import { modelFinding } from '../check/environment/environment-findings';
import type { Finding } from '../check/finding';
import type { MonitoringModel } from './monitoring-model';

/** The models to write, or why there are none. */
export interface Selection {
  readonly models: readonly MonitoringModel[];
  readonly findings: readonly Finding[];
}

/** All models, or the one of the environment that is named. */
export function selectModels(models: readonly MonitoringModel[], name: string | undefined): Selection {
  if (name === undefined || name === '') return { models, findings: [] };
  const selected = models.filter(({ environment }) => environment.name === name);
  if (selected.length > 0) return { models: selected, findings: [] };
  const names = models.map(({ environment }) => environment.name).join(', ');
  const problem = {
    where: 'ENVIRONMENT',
    found: `"${name}" is no environment`,
    allowed: names,
    mend: 'name one of them, or leave the variable out for all',
  };
  return { models: [], findings: [modelFinding(problem, 'environment/unknown')] };
}
