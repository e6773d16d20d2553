import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOUDWATCH_CONTRACT } from './cloudwatch-contract';
import { JsonFile } from './json-file';
import { byCodePoint } from './position';
import { YamlFile } from './yaml-file';

/** One Grafana dashboard, as committed. */
export interface DashboardFile {
  /** Path from the repository's root, with forward slashes: `dashboards/cost/cost-tracking.json`. */
  readonly path: string;
  /** The Grafana folder it goes to: the name of its directory under `dashboards/`. */
  readonly folder: string;
  /** File name without `.json`. */
  readonly name: string;
  /** The text, byte for byte. */
  readonly text: string;
  /** The parsed JSON; undefined where the text is not JSON. */
  readonly json?: unknown;
  /** The reader that knows places and problems. */
  readonly document: JsonFile;
}

/** One file of Prometheus rules, with its placeholders. */
export interface RuleFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly document: YamlFile;
}

/** One producer's part of the metric contract. */
export interface MetricFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly document: YamlFile;
}

/** One service level objective. */
export interface SloFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly document: YamlFile;
}

/** All versioned files that the running programs read or that describe what these read. */
export interface Content {
  readonly dashboards: readonly DashboardFile[];
  readonly rules: readonly RuleFile[];
  readonly metrics: readonly MetricFile[];
  /** What `npm run slos` writes rules from. */
  readonly slos: readonly SloFile[];
  /**
   * The contract of CloudWatch, which has a shape of its own.
   * @default - none: nothing is known of CloudWatch's metrics
   */
  readonly cloudWatch?: MetricFile;
  /** Names of the pages in `runbooks/`, with extension. */
  readonly runbooks: readonly string[];
  /** Files that lie where content is read but that nothing would read, such as a rule file ending in `.yml`. */
  readonly strays: readonly string[];
}

/**
 * Reads dashboards, rules, the metric contract, SLOs and the names of the runbooks. Reads only: a file that is not JSON or
 * YAML is returned with its problems, never thrown.
 *
 * @param root the repository's root; a missing folder counts as an empty one
 */
export function readContent(root: string): Content {
  const dashboards = list(root, 'dashboards');
  const rules = list(root, 'alert-rules').filter((path) => !path.startsWith('alert-rules/tests/'));
  const metrics = list(root, 'metrics');
  const slos = list(root, 'slos');
  const isDashboard = (path: string): boolean => /^dashboards\/[^/]+\/[^/]+\.json$/.test(path);
  const isYaml = (path: string): boolean => path.endsWith('.yaml');
  const isRead = (path: string): boolean =>
    path.startsWith('dashboards/') ? isDashboard(path) : isYaml(path);
  return {
    dashboards: dashboards.filter(isDashboard).map((path) => dashboardFile(path, read(root, path))),
    rules: rules.filter(isYaml).map((path) => yamlFile(path, read(root, path))),
    metrics: metrics
      .filter((path) => isYaml(path) && path !== CLOUDWATCH_CONTRACT)
      .map((path) => yamlFile(path, read(root, path))),
    cloudWatch: metrics.includes(CLOUDWATCH_CONTRACT)
      ? yamlFile(CLOUDWATCH_CONTRACT, read(root, CLOUDWATCH_CONTRACT))
      : undefined,
    slos: slos.filter(isYaml).map((path) => yamlFile(path, read(root, path))),
    runbooks: list(root, 'runbooks')
      .map((path) => path.slice('runbooks/'.length))
      .filter((name) => name !== 'README.md'),
    strays: [...dashboards, ...rules, ...metrics, ...slos].filter(
      (path) => !isRead(path) && !path.endsWith('.md'),
    ),
  };
}

/** A dashboard from its path and text, for content that is not on disk. */
export function dashboardFile(path: string, text: string): DashboardFile {
  const parts = path.split('/');
  const name = (parts[parts.length - 1] ?? '').replace(/\.json$/, '');
  const document = new JsonFile(text);
  return { path, folder: parts.slice(1, -1).join('/'), name, text, json: document.value, document };
}

/** A rule, metric or SLO file from its path and text, for content that is not on disk. */
export function yamlFile(path: string, text: string): RuleFile & MetricFile & SloFile {
  return { path, text, document: new YamlFile(text) };
}

/** Dashboards by their Grafana folder, both in the order given. */
export function byFolder(dashboards: readonly DashboardFile[]): Map<string, DashboardFile[]> {
  const folders = new Map<string, DashboardFile[]>();
  for (const file of dashboards) {
    const files = folders.get(file.folder);
    if (files === undefined) folders.set(file.folder, [file]);
    else files.push(file);
  }
  return folders;
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every file below a folder, sorted; names that start with a dot are editors' and the system's own. */
function list(root: string, folder: string): string[] {
  const found: string[] = [];
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) walk(`${path}/${entry.name}`);
      else found.push(`${path}/${entry.name}`);
    }
  };
  if (existsSync(join(root, folder))) walk(folder);
  return found.sort(byCodePoint);
}
