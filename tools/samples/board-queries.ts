import { viewDashboards, type DashboardView, type VariableView } from '../../check/dashboards/dashboard-view';
import { datasourceType } from '../../check/dashboards/datasources';
import { variableQuery } from '../../check/dashboards/variables';
import type { Content } from '../../content/content';
import { arrayOf, objectOf, textOf } from '../../content/json-value';

/** A query of a panel as Prometheus gets it. */
export interface PanelQuery {
  /** Path of the board. */
  readonly board: string;
  readonly panel: string;
  readonly refId: string;
  readonly expr: string;
  /** True where one moment is asked for rather than a stretch of time. */
  readonly instant: boolean;
}

/** A variable that lists the values of a label. */
export interface LabelValuesQuery {
  readonly board: string;
  readonly variable: string;
  readonly selector: string;
  readonly label: string;
}

/** What Grafana puts in place of its own variables. */
export interface GrafanaTimes {
  /** `$__rate_interval`. */
  readonly rateInterval: string;
  /** `$__interval`. */
  readonly interval: string;
  /** `$__range` in seconds. */
  readonly rangeSeconds: number;
}

/** Every PromQL query of every panel, with variables at All or, where there is none, at their first value. */
export function panelQueries(content: Content, times: GrafanaTimes): readonly PanelQuery[] {
  return viewDashboards(content).flatMap((view) => {
    const values = valuesOf(view, times);
    return view.panels.flatMap((panel) =>
      panel.targets.flatMap(({ expr, json, datasource }): PanelQuery[] => {
        // A data source that is no variable is none of Prometheus': those have no `expr`.
        if (expr === undefined || (datasourceType(view, datasource, {}) ?? 'prometheus') !== 'prometheus')
          return [];
        return [
          {
            board: view.file.path,
            panel: panel.title,
            refId: textOf(json['refId']) ?? '',
            expr: substituted(expr, values),
            instant: json['instant'] === true,
          },
        ];
      }),
    );
  });
}

/** Every variable of the form `label_values(selector, label)`. */
export function labelValuesQueries(content: Content, times: GrafanaTimes): readonly LabelValuesQuery[] {
  return viewDashboards(content).flatMap((view) => {
    const values = valuesOf(view, times);
    return view.variables.flatMap((variable): LabelValuesQuery[] => {
      const text = variableQuery(variable)?.[0][1] ?? '';
      const [, selector, label] = /^\s*label_values\(\s*(.+?)\s*,\s*(\w+)\s*\)\s*$/s.exec(text) ?? [];
      if (selector === undefined || label === undefined) return [];
      return [
        { board: view.file.path, variable: variable.name, selector: substituted(selector, values), label },
      ];
    });
  });
}

function valuesOf(view: DashboardView, times: GrafanaTimes): ReadonlyMap<string, string> {
  return new Map([
    ...view.variables.map((variable): [string, string] => [variable.name, valueOf(variable)]),
    ['__rate_interval', times.rateInterval],
    ['__interval', times.interval],
    ['__range', `${String(times.rangeSeconds)}s`],
    ['__range_s', String(times.rangeSeconds)],
  ]);
}

/** What stands for All, else the first option, else what is chosen. */
function valueOf({ json }: VariableView): string {
  const all = textOf(json['allValue']);
  if (json['includeAll'] === true) return all ?? '.*';
  const [option] = arrayOf(json['options']).map((item) => textOf(objectOf(item)['value']));
  return option ?? textOf(objectOf(json['current'])['value']) ?? '';
}

/**
 * A name begins with a letter; `$1` is what `label_replace` has found.
 *
 * @throws Error for a variable that has no value here
 */
function substituted(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{([A-Za-z_]\w*)(?::\w+)?\}|\$([A-Za-z_]\w*)/g,
    (whole, braced?: string, plain?: string) => {
      const value = values.get(braced ?? plain ?? '');
      if (value === undefined) throw new Error(`${text}: nothing is known to put in place of ${whole}`);
      return value;
    },
  );
}
