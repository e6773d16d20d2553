import type { JSONPath } from 'jsonc-parser';
import type { Content, DashboardFile } from '../../content/content';
import { arrayOf, isObject, objectOf, textOf } from '../../content/json-value';
import type { JsonObject } from '../../content/json-value';

/** One query of a panel. */
export interface TargetView {
  readonly path: JSONPath;
  readonly json: JsonObject;
  /** PromQL or another language's text. */
  readonly expr: string | undefined;
  /** The target's data source, else its panel's. */
  readonly datasource: unknown;
}

/** One panel; rows are panels too. */
export interface PanelView {
  readonly path: JSONPath;
  readonly json: JsonObject;
  readonly type: string;
  readonly title: string;
  readonly targets: readonly TargetView[];
  /** The panels that share its grid: the dashboard's own or those inside one collapsed row. */
  readonly grid: string;
}

/** One template variable. */
export interface VariableView {
  readonly path: JSONPath;
  readonly json: JsonObject;
  readonly name: string;
  readonly type: string;
}

/** One dashboard, taken apart. */
export interface DashboardView {
  readonly file: DashboardFile;
  readonly json: JsonObject;
  readonly panels: readonly PanelView[];
  readonly variables: readonly VariableView[];
}

/** Takes apart every dashboard that is a JSON object. */
export function viewDashboards(content: Content): DashboardView[] {
  return content.dashboards.flatMap((file) => {
    if (file.document.problems.length > 0 || !isObject(file.json)) return [];
    const json = file.json;
    return [
      {
        file,
        json,
        panels: panelsOf(arrayOf(json['panels']), ['panels'], 'top'),
        variables: variablesOf(json),
      },
    ];
  });
}

function panelsOf(list: readonly unknown[], path: JSONPath, grid: string): PanelView[] {
  return list.flatMap((item, index) => {
    const json = objectOf(item);
    const own = [...path, index];
    const panel: PanelView = {
      path: own,
      json,
      type: textOf(json['type']) ?? '',
      title: textOf(json['title']) ?? '',
      grid,
      targets: targetsOf(json, own),
    };
    const inner = arrayOf(json['panels']);
    return [panel, ...panelsOf(inner, [...own, 'panels'], own.join('.'))];
  });
}

function targetsOf(panel: JsonObject, path: JSONPath): TargetView[] {
  return arrayOf(panel['targets']).map((item, index) => {
    const json = objectOf(item);
    return {
      path: [...path, 'targets', index],
      json,
      expr: textOf(json['expr']),
      datasource: json['datasource'] ?? panel['datasource'],
    };
  });
}

function variablesOf(json: JsonObject): VariableView[] {
  return arrayOf(objectOf(json['templating'])['list']).map((item, index) => {
    const variable = objectOf(item);
    return {
      path: ['templating', 'list', index],
      json: variable,
      name: textOf(variable['name']) ?? '',
      type: textOf(variable['type']) ?? '',
    };
  });
}
