import { arrayOf, isObject, numberOf, objectOf, textOf } from '../../content/json-value';
import type { JsonObject } from '../../content/json-value';
import { inKeyOrder } from './key-order';
import { resetVariable } from './variables';

/** What one Grafana writes down about its own copy of a board. */
const ofOneGrafana: ReadonlySet<string> = new Set([
  ...['version', 'iteration', 'gnetId', 'revision', 'snapshot', 'scopeMeta', '__inputs', '__requires'],
  ...['__elements'],
]);

/** What Grafana adds on saving, with the value that it takes anyway. */
const defaults: Readonly<Record<string, string>> = {
  fiscalYearStartMonth: '0',
  liveNow: 'false',
  preload: 'false',
  style: '"dark"',
  timepicker: '{}',
  weekStart: '""',
};

/**
 * A dashboard as the repository keeps it, from what Grafana's "Export" or "JSON model" gives: without the ids, versions
 * and chosen values of one Grafana, in one order of keys and panels. Normalising twice changes nothing.
 *
 * What a person decided stays as it is: uid, queries, layout, options, even where it is wrong; `npm run check` tells that.
 *
 * @param exported the parsed JSON, also in the API's wrapper `{"dashboard": ...}`
 * @throws Error where it is no dashboard
 */
export function normaliseDashboard(exported: unknown): JsonObject {
  const board = objectOf(objectOf(exported)['dashboard'] ?? exported);
  if (!Array.isArray(board['panels'])) {
    throw new Error('has no "panels": it is no dashboard of the classic JSON model');
  }
  const renamed = objectOf(withDatasourceVariable(board));
  const kept = Object.fromEntries(
    Object.entries(renamed).filter(
      ([key, value]) => !ofOneGrafana.has(key) && JSON.stringify(value) !== defaults[key],
    ),
  );
  return objectOf(
    inKeyOrder({
      ...kept,
      id: null,
      panels: byPosition(arrayOf(kept['panels'])).map(panel),
      ...(isObject(kept['templating']) && { templating: untouchedVariables(kept['templating']) }),
    }),
  );
}

function untouchedVariables(templating: JsonObject): JsonObject {
  return { ...templating, list: arrayOf(templating['list']).map(resetVariable) };
}

/** An export "for sharing externally" asks for its data source by `${DS_NAME}`; a provisioned board is never asked. */
function withDatasourceVariable(board: JsonObject): unknown {
  const variables = arrayOf(objectOf(board['templating'])['list']).map(objectOf);
  let text = JSON.stringify(board);
  for (const input of arrayOf(board['__inputs']).map(objectOf)) {
    const variable = variables.find(
      ({ type, query }) => type === 'datasource' && query === input['pluginId'],
    );
    if (variable === undefined) continue;
    text = text.replaceAll(`\${${textOf(input['name']) ?? ''}}`, `\${${textOf(variable['name']) ?? ''}}`);
  }
  return JSON.parse(text);
}

/** As a reader meets them: by row, then from the left. */
function byPosition(panels: readonly unknown[]): unknown[] {
  const place = (item: unknown, key: 'x' | 'y'): number =>
    numberOf(objectOf(objectOf(item)['gridPos'])[key]) ?? 0;
  return panels.toSorted((a, b) => place(a, 'y') - place(b, 'y') || place(a, 'x') - place(b, 'x'));
}

function panel(value: unknown): unknown {
  const { pluginVersion: _pluginVersion, targets, panels, ...rest } = objectOf(value);
  return {
    ...rest,
    ...(Array.isArray(targets) && { targets: targets.map(target) }),
    ...(Array.isArray(panels) && { panels: byPosition(panels).map(panel) }),
  };
}

/** The editor names queries by a random key. */
function target(value: unknown): unknown {
  const { key: _key, ...rest } = objectOf(value);
  return rest;
}
