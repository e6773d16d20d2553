import type { JSONPath } from 'jsonc-parser';
import { isObject, numberOf, textOf } from '../../content/json-value';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import type { DashboardView } from './dashboard-view';

/** Oldest schema that current Grafana reads without rewriting panels (dashboard migrations, version 36). */
const oldestSchema = 36;
const rule = 'dashboards/provisioning';

/** `dashboards/provisioning`: what keeps Grafana's file provider from taking a dashboard, or from keeping links to it stable. */
export function provisioning(views: readonly DashboardView[]): Finding[] {
  return [...views.flatMap(shapeProblems), ...duplicates(views), ...views.flatMap(namedLikeItsFolder)];
}

/** Grafana 9 leaves such a board out with a line in its log; later versions tell nobody which one is meant by a link. */
function namedLikeItsFolder({ file, json }: DashboardView): Finding[] {
  const title = textOf(json['title']);
  if (title?.toLowerCase() !== file.folder.toLowerCase()) return [];
  const message = `the title "${title}" is also the name of the folder`;
  const position = file.document.positionOf(['title']);
  return [findingAt(file.path, position, { rule, message, hint: 'say in the title what the board shows' })];
}

function shapeProblems(view: DashboardView): Finding[] {
  const { file, json } = view;
  const problem = (path: JSONPath, message: string, hint: string): Finding =>
    findingAt(file.path, file.document.positionOf(path), { rule, message, hint });
  if (isObject(json['dashboard'])) {
    return [
      problem(
        ['dashboard'],
        'the dashboard is wrapped in {"dashboard": ...}',
        'keep only what is inside; the wrapper is for the HTTP API',
      ),
    ];
  }
  const findings: Finding[] = [];
  if (json['__inputs'] !== undefined) {
    const message = '"__inputs" is for sharing: a provisioned dashboard is never asked for its inputs';
    findings.push(
      problem(
        ['__inputs'],
        message,
        'export without "for sharing externally", and use a data source variable',
      ),
    );
  }
  if (json['id'] !== undefined && json['id'] !== null) {
    const message = `"id" is ${JSON.stringify(json['id'])}: it belongs to the Grafana that the board was exported from`;
    findings.push(problem(['id'], message, 'set it to null or remove it'));
  }
  const uid = json['uid'];
  if (typeof uid !== 'string' || !/^[A-Za-z0-9_-]{1,40}$/.test(uid)) {
    const found = uid === undefined ? 'there is no uid' : `the uid is ${JSON.stringify(uid)}`;
    const message = `${found}; 1 to 40 letters, digits, "_" and "-" are allowed`;
    findings.push(problem(['uid'], message, `set a fixed one, such as "rag-${file.name}"; links need it`));
  }
  if (!textOf(json['title']))
    findings.push(problem(['title'], 'there is no title', 'name what the board answers'));
  const version = numberOf(json['schemaVersion']);
  if (version === undefined || version < oldestSchema) {
    const message = `schemaVersion is ${String(version)}; at least ${String(oldestSchema)} is needed`;
    findings.push(
      problem(['schemaVersion'], message, 'open the board in the pinned Grafana and export it again'),
    );
  }
  return findings;
}

/** One uid or title that two files share stops the whole provider (Grafana issues 43530 and 127619). */
function duplicates(views: readonly DashboardView[]): Finding[] {
  return [
    ...repeated(views, 'uid', 'all dashboards', () => ''),
    ...repeated(views, 'title', 'its folder', ({ file }) => file.folder),
  ];
}

function repeated(
  views: readonly DashboardView[],
  key: 'uid' | 'title',
  within: string,
  scopeOf: (view: DashboardView) => string,
): Finding[] {
  const first = new Map<string, DashboardView>();
  return views.flatMap((view) => {
    const value = textOf(view.json[key]);
    const known = `${scopeOf(view)}/${value ?? ''}`;
    const before = first.get(known);
    if (value === undefined || before === undefined) {
      first.set(known, view);
      return [];
    }
    const line = before.file.document.positionOf([key]).line;
    const message = `the ${key} "${value}" stands here and in ${before.file.path}:${String(line)}; it must be unique in ${within}`;
    const position = view.file.document.positionOf([key]);
    return [
      findingAt(view.file.path, position, { rule, message, hint: `give one of the two another ${key}` }),
    ];
  });
}
