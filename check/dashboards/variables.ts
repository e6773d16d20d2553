import type { JSONPath } from 'jsonc-parser';
import { isObject, textOf } from '../../content/json-value';
import { didYouMean } from '../did-you-mean';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import { variablesIn } from '../promql/grafana-variables';
import type { DashboardView, VariableView } from './dashboard-view';

/** `dashboards/variable`: a variable that is used and not defined; names are case-sensitive. Grafana's own start with two underscores. */
export function variables(views: readonly DashboardView[]): Finding[] {
  return views.flatMap((view) => {
    const known = view.variables.map(({ name }) => name);
    return texts(view).flatMap(([path, text]) =>
      variablesIn(text)
        .filter(({ name }) => !name.startsWith('__') && !known.includes(name))
        .map(({ name, from }) =>
          findingAt(view.file.path, view.file.document.positionOf(path, from), {
            rule: 'dashboards/variable',
            message: `the variable "${name}" is used and not defined`,
            hint: didYouMean(name, known) ?? 'add it to templating.list',
          }),
        ),
    );
  });
}

function texts(view: DashboardView): [JSONPath, string][] {
  const inPanels = view.panels.flatMap((panel) => [
    ...panel.targets.flatMap(({ path, json }) =>
      field(path, json, 'expr').concat(field(path, json, 'legendFormat')),
    ),
    ...field(panel.path, panel.json, 'title'),
  ]);
  return [...inPanels, ...view.variables.flatMap((variable) => variableQuery(variable) ?? [])];
}

function field(path: JSONPath, json: Readonly<Record<string, unknown>>, name: string): [JSONPath, string][] {
  const text = textOf(json[name]);
  return text === undefined ? [] : [[[...path, name], text]];
}

/** The query of a variable of type query, which Grafana keeps as a text or as an object; where it stands, and its text. */
export function variableQuery({ type, json, path }: VariableView): [[JSONPath, string]] | undefined {
  if (type !== 'query') return undefined;
  const query = json['query'];
  const text = isObject(query) ? textOf(query['query']) : textOf(query);
  const place = isObject(query) ? [...path, 'query', 'query'] : [...path, 'query'];
  return text === undefined ? undefined : [[place, text]];
}
