import { isObject, textOf } from '../../content/json-value';
import { didYouMean } from '../did-you-mean';
import { listed } from '../expressions/problem';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import { variablesIn } from '../promql/grafana-variables';
import type { DashboardView } from './dashboard-view';

/** Data sources that Grafana has built in. */
const builtIn: ReadonlySet<string> = new Set(['-- Grafana --', '-- Mixed --', '-- Dashboard --', 'grafana']);

/** Data source type by uid, as provisioned. */
export type DatasourceTypes = Readonly<Record<string, string>>;

/**
 * The type of the data source that a query reads.
 *
 * @returns Grafana's type, `builtin` for Grafana's own, or undefined where nothing of that name is provisioned
 */
export function datasourceType(
  view: DashboardView,
  datasource: unknown,
  types: DatasourceTypes,
): string | undefined {
  const uid = isObject(datasource) ? textOf(datasource['uid']) : textOf(datasource);
  if (uid === undefined) return undefined;
  if (builtIn.has(uid)) return 'builtin';
  const name = variableName(uid);
  if (name === undefined) return types[uid];
  const variable = view.variables.find(
    (candidate) => candidate.name === name && candidate.type === 'datasource',
  );
  return variable && textOf(variable.json['query']);
}

function variableName(uid: string): string | undefined {
  return variablesIn(uid)[0]?.name;
}

/** `dashboards/datasource`: a query whose data source is not provisioned, or is of another type than the query says. */
export function datasources(views: readonly DashboardView[], types: DatasourceTypes): Finding[] {
  return views.flatMap((view) =>
    view.panels.flatMap((panel) =>
      panel.targets.flatMap((target): Finding[] => {
        const path = target.json['datasource'] === undefined ? panel.path : target.path;
        const fault = datasourceFault(view, target.datasource, types);
        if (fault === undefined) return [];
        const position = view.file.document.positionOf([...path, 'datasource']);
        return [findingAt(view.file.path, position, { rule: 'dashboards/datasource', ...fault })];
      }),
    ),
  );
}

function datasourceFault(
  view: DashboardView,
  datasource: unknown,
  types: DatasourceTypes,
): { message: string; hint: string } | undefined {
  const uid = isObject(datasource) ? datasource['uid'] : datasource;
  if (typeof uid !== 'string') {
    return {
      message: 'the query names no data source',
      hint: 'use {"type": "prometheus", "uid": "${datasource}"} and a data source variable',
    };
  }
  const found = datasourceType(view, datasource, types);
  if (found === undefined) {
    const known = [
      ...Object.keys(types),
      ...view.variables.filter(({ type }) => type === 'datasource').map(({ name }) => `\${${name}}`),
    ];
    const message = `no data source has the uid "${uid}"; known are ${listed(known)}`;
    return { message, hint: didYouMean(uid, known) ?? 'use a provisioned uid or a data source variable' };
  }
  const said = isObject(datasource) ? textOf(datasource['type']) : undefined;
  if (found === 'builtin' || said === undefined || said === found) return undefined;
  return {
    message: `the data source "${uid}" is of type "${found}", not "${said}"`,
    hint: 'correct the type or the uid',
  };
}
