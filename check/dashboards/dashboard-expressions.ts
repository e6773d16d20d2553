import { arrayOf, objectOf, textOf } from '../../content/json-value';
import { dashboardExpression } from '../expressions/expression-use';
import type { ExpressionUse } from '../expressions/expression-use';
import type { ParsedPromql } from '../promql/parse';
import type { DashboardView, PanelView, TargetView } from './dashboard-view';
import { datasourceType } from './datasources';
import type { DatasourceTypes } from './datasources';
import { variableQuery } from './variables';

type Parse = (text: string) => ParsedPromql;

/** A query of a panel in PromQL, with its surroundings. */
export interface PanelExpression {
  readonly view: DashboardView;
  readonly panel: PanelView;
  readonly target: TargetView;
  readonly use: ExpressionUse;
}

/** Every PromQL query of every panel. */
export function panelExpressions(
  views: readonly DashboardView[],
  types: DatasourceTypes,
  parse: Parse,
): PanelExpression[] {
  return views.flatMap((view) =>
    view.panels.flatMap((panel) =>
      panel.targets.flatMap((target) => {
        const { expr, path } = target;
        // Where the data source is not known it has a finding of its own; the board's language is PromQL all the same.
        const type = datasourceType(view, target.datasource, types) ?? 'prometheus';
        if (expr === undefined || type !== 'prometheus') return [];
        const at = (offset: number) => view.file.document.positionOf([...path, 'expr'], offset);
        return [{ view, panel, target, use: dashboardExpression('panel', view.file.path, expr, at, parse) }];
      }),
    ),
  );
}

/** The PromQL of variables (`label_values(metric, label)`, `query_result(expr)`) and of annotations. */
export function otherExpressions(
  views: readonly DashboardView[],
  types: DatasourceTypes,
  parse: Parse,
): ExpressionUse[] {
  return views.flatMap((view) => [
    ...variableExpressions(view, types, parse),
    ...annotationExpressions(view, types, parse),
  ]);
}

function variableExpressions(view: DashboardView, types: DatasourceTypes, parse: Parse): ExpressionUse[] {
  return view.variables.flatMap((variable) => {
    const found = variableQuery(variable)?.[0];
    const type = datasourceType(view, variable.json['datasource'], types);
    const query = found && type === 'prometheus' ? readQuery(found[1]) : undefined;
    if (found === undefined || query === undefined) return [];
    const at = (offset: number) => view.file.document.positionOf(found[0], query.placeOf(offset));
    return [dashboardExpression(query.kind, view.file.path, query.expr, at, parse)];
  });
}

/** The PromQL inside a variable's query. */
interface VariableQuery {
  readonly kind: 'selector' | 'panel';
  readonly expr: string;
  /** Where an offset of `expr` stands in the query. */
  readonly placeOf: (offset: number) => number;
}

function readQuery(text: string): VariableQuery | undefined {
  const call = /^(\s*(label_values|query_result)\s*\(\s*)(.*?)\s*\)\s*$/s.exec(text);
  if (call === null) return undefined;
  const [, opening = '', name, argument = ''] = call;
  if (name === 'query_result') {
    return { kind: 'panel', expr: argument, placeOf: (offset) => opening.length + offset };
  }
  // label_values(label) alone asks for the values over all metrics.
  const pair = /^(.*?)\s*,\s*([\w$]+)$/s.exec(argument);
  if (pair === null) return undefined;
  const [, selector = '', label = ''] = pair;
  // Written as a count by the label, so that the label is held against the metric like any other.
  const expr = `count by (${label}) (${selector})`;
  const selectorAt = expr.length - 1 - selector.length;
  const labelAt = opening.length + argument.length - label.length;
  const placeOf = (offset: number): number =>
    offset < selectorAt ? labelAt : opening.length + offset - selectorAt;
  return { kind: 'selector', expr, placeOf };
}

function annotationExpressions(view: DashboardView, types: DatasourceTypes, parse: Parse): ExpressionUse[] {
  return arrayOf(objectOf(view.json['annotations'])['list']).flatMap((item, index) => {
    const annotation = objectOf(item);
    const expr = textOf(annotation['expr']);
    if (expr === undefined || datasourceType(view, annotation['datasource'], types) !== 'prometheus')
      return [];
    const at = (offset: number) =>
      view.file.document.positionOf(['annotations', 'list', index, 'expr'], offset);
    return [dashboardExpression('panel', view.file.path, expr, at, parse)];
  });
}
