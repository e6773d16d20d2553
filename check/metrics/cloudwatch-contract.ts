import type { Content } from '../../content/content';
import { cloudWatchContractSchema, cloudWatchFault } from '../../content/cloudwatch-contract';
import type { CloudWatchContract } from '../../content/cloudwatch-contract';
import { objectOf, textOf } from '../../content/json-value';
import type { JsonObject } from '../../content/json-value';
import type { DashboardView, TargetView } from '../dashboards/dashboard-view';
import { datasourceType } from '../dashboards/datasources';
import type { DatasourceTypes } from '../dashboards/datasources';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import { readSchema } from '../schema-findings';

/** Grafana's type of the data source. */
const CLOUDWATCH = 'cloudwatch';

/**
 * `metrics/schema`: a contract of CloudWatch that does not fit its shape. `dashboards/cloudwatch-metric`: a panel that
 * asks CloudWatch for a metric, dimensions or a statistic that the contract does not have. Without a contract nothing is
 * known, and nothing said.
 */
export function cloudWatchFindings(
  { cloudWatch }: Content,
  views: readonly DashboardView[],
  types: DatasourceTypes,
): Finding[] {
  if (cloudWatch === undefined || cloudWatch.document.problems.length > 0) return [];
  const { value, findings } = readSchema(cloudWatch, cloudWatchContractSchema, 'metrics/schema');
  return value === undefined
    ? [...findings]
    : [...findings, ...views.flatMap((view) => panelFindings(view, types, value))];
}

function panelFindings(view: DashboardView, types: DatasourceTypes, contract: CloudWatchContract): Finding[] {
  const targets = view.panels.flatMap((panel) => panel.targets);
  return targets.flatMap((target) => {
    if (datasourceType(view, target.datasource, types) !== CLOUDWATCH) return [];
    const message = targetFault(target, contract);
    if (message === undefined) return [];
    const position = view.file.document.positionOf([...target.path, 'metricName']);
    const hint = 'ask for a metric of metrics/cloudwatch.yaml, or add it there';
    return [findingAt(view.file.path, position, { rule: 'dashboards/cloudwatch-metric', message, hint })];
  });
}

function targetFault({ json }: TargetView, contract: CloudWatchContract): string | undefined {
  const [namespace, name, statistic] = ['namespace', 'metricName', 'statistic'].map((key) =>
    literal(json, key),
  );
  // A query of logs names no metric; of what a variable holds nothing is known here.
  if (namespace === undefined || name === undefined || statistic === undefined) return undefined;
  const dimensions = Object.keys(objectOf(json['dimensions']));
  return cloudWatchFault(contract, { namespace, name, statistic, dimensions });
}

function literal(json: JsonObject, key: string): string | undefined {
  const value = textOf(json[key]);
  return value === undefined || value === '' || value.includes('$') ? undefined : value;
}
