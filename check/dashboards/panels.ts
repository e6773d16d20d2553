import { numberOf, objectOf } from '../../content/json-value';
import { didYouMean } from '../did-you-mean';
import { findingAt } from '../finding';
import type { Finding, FindingSeverity } from '../finding';
import type { DashboardView, PanelView } from './dashboard-view';

const gridColumns = 24;

/** Panels that come with Grafana 13 (public/app/plugins/panel). */
const corePanels: ReadonlySet<string> = new Set(
  [
    'alertlist annolist barchart bargauge candlestick canvas dashlist datagrid flamegraph gauge geomap heatmap',
    'histogram logs news nodeGraph piechart row stat state-timeline status-history table text timeseries traces trend',
    'xychart',
  ].flatMap((names) => names.split(' ')),
);

/** Panels that are gone, and what took their place. */
const gonePanels: ReadonlyMap<string, string> = new Map([
  ['graph', 'timeseries'],
  ['singlestat', 'stat'],
  ['grafana-singlestat-panel', 'stat'],
  ['table-old', 'table'],
  ['heatmap-new', 'heatmap'],
  ['grafana-piechart-panel', 'piechart'],
  ['grafana-worldmap-panel', 'geomap'],
  ['natel-discrete-panel', 'state-timeline'],
]);

/** `dashboards/layout` and `dashboards/panel-type`: ids, places in the grid, titles, and types that the installed Grafana can draw. */
export function panels(views: readonly DashboardView[], plugins: readonly string[]): Finding[] {
  return views.flatMap((view) => [...ids(view), ...layout(view), ...types(view, plugins), ...words(view)]);
}

function report(
  { file }: DashboardView,
  panel: PanelView,
  field: string,
  finding: { rule: string; message: string; hint: string; severity?: FindingSeverity },
): Finding {
  return findingAt(file.path, file.document.positionOf([...panel.path, field]), finding);
}

function nameOf({ title, json }: PanelView): string {
  return title === '' ? `panel ${JSON.stringify(json['id'])}` : `"${title}"`;
}

function ids(view: DashboardView): Finding[] {
  const seen = new Map<number, string>();
  return view.panels.flatMap((panel) => {
    const id = numberOf(panel.json['id']);
    const rule = 'dashboards/layout';
    if (id === undefined || !Number.isInteger(id) || id < 1) {
      const message = `${nameOf(panel)} has no id of its own`;
      return [
        report(view, panel, 'id', {
          rule,
          message,
          hint: 'give it a whole number from 1 that no other panel has',
        }),
      ];
    }
    const before = seen.get(id);
    seen.set(id, before ?? nameOf(panel));
    if (before === undefined) return [];
    const message = `the panel id ${String(id)} belongs to ${before} and to ${nameOf(panel)}`;
    return [
      report(view, panel, 'id', {
        rule,
        message,
        hint: 'give one of them another id; links to panels use it',
      }),
    ];
  });
}

function layout(view: DashboardView): Finding[] {
  const taken = new Map<string, PanelView>();
  return view.panels.flatMap((panel) => {
    const position = objectOf(panel.json['gridPos']);
    const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((key) => numberOf(position[key]));
    const rule = 'dashboards/layout';
    if (
      x === undefined ||
      y === undefined ||
      w === undefined ||
      h === undefined ||
      x < 0 ||
      y < 0 ||
      w < 1 ||
      h < 1
    ) {
      const message = `gridPos of ${nameOf(panel)} is ${JSON.stringify(panel.json['gridPos'])}`;
      return [report(view, panel, 'gridPos', { rule, message, hint: 'give x, y, w and h in grid units' })];
    }
    if (x + w > gridColumns) {
      const message = `${nameOf(panel)} ends at column ${String(x + w)} of ${String(gridColumns)}`;
      return [
        report(view, panel, 'gridPos', { rule, message, hint: 'make it narrower or move it to the left' }),
      ];
    }
    const other = occupy(panel, { x, y, w, h }, taken);
    if (other === undefined) return [];
    const message = `${nameOf(panel)} lies over ${nameOf(other)}`;
    return [report(view, panel, 'gridPos', { rule, message, hint: 'move one of them' })];
  });
}

/** Marks the cells of a panel; gives the panel that has one of them already. */
function occupy(
  panel: PanelView,
  { x, y, w, h }: { x: number; y: number; w: number; h: number },
  taken: Map<string, PanelView>,
): PanelView | undefined {
  let other: PanelView | undefined;
  for (let column = x; column < x + w; column++) {
    for (let line = y; line < y + h; line++) {
      const cell = `${panel.grid}/${String(column)}/${String(line)}`;
      other ??= taken.get(cell);
      taken.set(cell, panel);
    }
  }
  return other;
}

function types(view: DashboardView, plugins: readonly string[]): Finding[] {
  const rule = 'dashboards/panel-type';
  return view.panels.flatMap((panel) => {
    const successor = gonePanels.get(panel.type);
    if (successor !== undefined) {
      const message = `the panel type "${panel.type}" of ${nameOf(panel)} is gone from Grafana`;
      return [report(view, panel, 'type', { rule, message, hint: `use "${successor}"` })];
    }
    if (corePanels.has(panel.type) || plugins.includes(panel.type)) return [];
    const message = `the panel type "${panel.type}" of ${nameOf(panel)} is neither Grafana's own nor an installed plugin`;
    const hint =
      didYouMean(panel.type, [...corePanels, ...plugins]) ?? 'pin the plugin in stacks/versions.ts';
    return [report(view, panel, 'type', { rule, message, hint })];
  });
}

function words(view: DashboardView): Finding[] {
  const severity = 'info';
  return view.panels
    .filter(({ targets }) => targets.length > 0)
    .flatMap((panel) => {
      if (panel.title === '') {
        return [
          report(view, panel, 'title', {
            rule: 'dashboards/layout',
            severity,
            message: 'the panel has no title',
            hint: 'name what it shows',
          }),
        ];
      }
      if (panel.json['description']) return [];
      const message = `${nameOf(panel)} has no description`;
      return [
        report(view, panel, 'title', {
          rule: 'dashboards/layout',
          severity,
          message,
          hint: 'say what it means and what to do',
        }),
      ];
    });
}
