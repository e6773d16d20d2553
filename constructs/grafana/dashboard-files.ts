import { byFolder } from '../../content/content';
import type { DashboardFile } from '../../content/content';
import { compactJson } from '../../content/json-value';

/** The boards of one Grafana folder, as one ConfigMap holds them. */
export interface DashboardFolder {
  /** Name of the directory under `dashboards/`. */
  readonly folder: string;
  /** What people read in Grafana: the name with capitals, `cost` becomes `Cost`. */
  readonly title: string;
  readonly files: readonly { readonly name: string; readonly content: string }[];
}

/** Words of folder names that are no words. */
const acronyms: ReadonlySet<string> = new Set(['api', 'llm', 'rag', 'slo']);

/**
 * Groups dashboards by Grafana folder. White space is left out, which makes a board about a third of its size; keys
 * keep the order of the file, so equal files give equal bytes.
 *
 * @param dashboards in the order of `readContent`; a file that is not JSON gives an empty content, which check refuses
 */
export function dashboardFolders(dashboards: readonly DashboardFile[]): DashboardFolder[] {
  return [...byFolder(dashboards)].map(([folder, files]) => ({
    folder,
    title: folderTitle(folder),
    files: files.map(({ name, json }) => ({ name: `${name}.json`, content: compactJson(json) })),
  }));
}

function folderTitle(folder: string): string {
  const [first = '', ...rest] = folder
    .split('-')
    .map((word) => (acronyms.has(word) ? word.toUpperCase() : word));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}
