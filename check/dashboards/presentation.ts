import { arrayOf, objectOf, textOf } from '../../content/json-value';
import { didYouMean } from '../did-you-mean';
import { listed } from '../expressions/problem';
import { soundExpression } from '../expressions/expression-use';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import type { Scope } from '../metrics/scope';
import { isRatio, unitText } from '../metrics/unit';
import type { Unit } from '../metrics/unit';
import type { PanelExpression } from './dashboard-expressions';
import type { PanelView } from './dashboard-view';

/** `dashboards/unit` and `dashboards/legend`: the unit that a panel prints and the labels that its legend names, against what its query gives. */
export function presentation(expressions: readonly PanelExpression[], scope: Scope): Finding[] {
  return expressions.flatMap((expression) => [
    ...unitFindings(expression, scope),
    ...legendFindings(expression, scope),
  ]);
}

function unitFindings({ view, panel, use }: PanelExpression, scope: Scope): Finding[] {
  const printed = textOf(objectOf(objectOf(panel.json['fieldConfig'])['defaults'])['unit']);
  const expr = soundExpression(use);
  const unit = expr && scope.unitOf(expr);
  if (printed === undefined || unit === undefined || overridesUnit(panel)) return [];
  const wanted = unitFault(printed, unit);
  if (wanted === undefined) return [];
  const position = view.file.document.positionOf([...panel.path, 'fieldConfig', 'defaults', 'unit']);
  const message = `the query of "${panel.title}" gives ${unitText(unit)}, and the panel prints it as "${printed}"`;
  return [findingAt(view.file.path, position, { rule: 'dashboards/unit', message, hint: wanted })];
}

function overridesUnit(panel: PanelView): boolean {
  return arrayOf(objectOf(panel.json['fieldConfig'])['overrides']).some((override) =>
    arrayOf(objectOf(override)['properties']).some((property) => objectOf(property)['id'] === 'unit'),
  );
}

/** What each of Grafana's units expects of the value; a unit that is not here is taken as it is. */
const expectations: Readonly<
  Record<string, { readonly fits: (unit: Unit) => boolean; readonly hint: string }>
> = {
  percentunit: {
    fits: (unit) => isRatio(unit) && unit.scale === 1,
    hint: 'percentunit takes a ratio from 0 to 1',
  },
  percent: {
    fits: (unit) => isRatio(unit) && unit.scale === 100,
    hint: 'percent takes 0 to 100; for a ratio use percentunit',
  },
  currencyUSD: {
    // A price per day or month is a rate times the seconds in it.
    fits: ({ of, scale }) => of.startsWith('dollars') && (scale === 1 || of.includes('/s')),
    hint: 'currencyUSD takes dollars; show cents as dollars with more decimals',
  },
  s: { fits: ({ of, scale }) => of === 'seconds' && scale === 1, hint: 's takes seconds' },
  ms: { fits: ({ of, scale }) => of === 'seconds' && scale === 1000, hint: 'ms takes seconds x 1000; use s' },
  bytes: { fits: ({ of, scale }) => of === 'bytes' && scale === 1, hint: 'bytes takes bytes' },
  decbytes: { fits: ({ of, scale }) => of === 'bytes' && scale === 1, hint: 'decbytes takes bytes' },
  Bps: { fits: ({ of, scale }) => of === 'bytes/s' && scale === 1, hint: 'Bps takes bytes per second' },
  binBps: { fits: ({ of, scale }) => of === 'bytes/s' && scale === 1, hint: 'binBps takes bytes per second' },
};

function unitFault(printed: string, unit: Unit): string | undefined {
  const expectation = expectations[printed];
  if (expectation === undefined || expectation.fits(unit)) return undefined;
  return expectation.hint;
}

function legendFindings({ view, target, use }: PanelExpression, scope: Scope): Finding[] {
  const legend = textOf(target.json['legendFormat']);
  const expr = soundExpression(use);
  const labels = expr && scope.labelsOf(expr);
  if (legend === undefined || labels === undefined) return [];
  return [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].flatMap((match) => {
    const name = match[1] ?? '';
    if (labels.has(name) || name === '__name__') return [];
    const position = view.file.document.positionOf([...target.path, 'legendFormat'], match.index);
    const message = `the result has no label "${name}"; it can have ${listed(labels) || 'none'}`;
    return [
      findingAt(view.file.path, position, {
        rule: 'dashboards/legend',
        message,
        hint: didYouMean(name, labels) ?? 'keep the label in by (...)',
      }),
    ];
  });
}
