import { join } from 'node:path';
import { parse } from 'yaml';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import type { RuleDocument } from '../../content/rules';
import { eventually, getJson } from './eventually';
import { freePort, startProgram, type RunningProgram } from './programs';
import { commandOf, modelOf, replaced, ruleFilesOf, withArguments, type RenderedFolder } from './rendered';

/** Seconds that stand here for the minutes of a running stack, in the one place that shortens them. */
const HURRY = { interval: '1s', autoReload: '1s' } as const;

const CONFIG = 'prometheus/prometheus.yml';

/** A target as a discovery would give it: its address and the `__meta_` labels that the rendered relabeling reads. */
export interface DiscoveredTarget {
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What Kubernetes would have told Prometheus. */
export interface Discovered {
  /** Targets by job; a job that is not named finds none. */
  readonly jobs?: Readonly<Record<string, readonly DiscoveredTarget[]>>;
  readonly alertmanagers?: readonly DiscoveredTarget[];
  /** Port that stands for the one at which the application serves its metrics, which relabeling writes. */
  readonly applicationPort?: number;
}

/** A Prometheus on the rendered files. */
export interface PrometheusHere extends RunningProgram {
  readonly url: string;
  /** The samples that an expression gives now. */
  query(expression: string): Promise<readonly Sample[]>;
}

/** One sample of a query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

function staticTargets(targets: readonly DiscoveredTarget[] = []) {
  return targets.map(({ address, labels }) => ({ targets: [address], labels }));
}

/**
 * prometheus.yml for this machine: what discovery by the Kubernetes API would find is written down, and is relabelled by
 * the rendered steps; scrapes and evaluations come each second.
 */
export function configHere(text: string, discovered: Discovered): string {
  const config = parse(text) as PrometheusConfig;
  const { jobs = {}, alertmanagers = [] } = discovered;
  const unknown = Object.keys(jobs).filter(
    (name) =>
      !config.scrape_configs.some((job) => job.job_name === name && job.kubernetes_sd_configs !== undefined),
  );
  if (unknown.length > 0) throw new Error(`no job with discovery is called ${unknown.join(', ')}`);
  return renderYaml({
    ...config,
    global: {
      ...config.global,
      scrape_interval: HURRY.interval,
      scrape_timeout: HURRY.interval,
      evaluation_interval: HURRY.interval,
    },
    alerting: {
      alertmanagers: config.alerting.alertmanagers.map(({ kubernetes_sd_configs: _discovery, ...rest }) => ({
        ...rest,
        static_configs: staticTargets(alertmanagers),
      })),
    },
    scrape_configs: config.scrape_configs.map(({ kubernetes_sd_configs: discovery, ...rest }) =>
      discovery === undefined ? rest : { ...rest, static_configs: staticTargets(jobs[rest.job_name]) },
    ),
  });
}

/** A rule file whose groups are evaluated each second and whose alerts wait for nothing. */
export function rulesHere(text: string): string {
  const { groups } = parse(text) as RuleDocument;
  return renderYaml({
    groups: groups.map((group) => ({
      ...group,
      interval: HURRY.interval,
      rules: group.rules.map(({ for: _for, keep_firing_for: _keep, ...rule }) => rule),
    })),
  });
}

/** Puts prometheus.yml and the rule files of a folder into the form for this machine. */
export function adaptPrometheus(folder: RenderedFolder, found: Discovered = {}): void {
  const { applicationPort } = found;
  const metricsPort = modelOf(folder.environment).environment.applications[0]?.metricsPort ?? 0;
  const text = folder.read(CONFIG);
  const withPort =
    applicationPort === undefined
      ? text
      : replaced(text, `$1:${String(metricsPort)}`, `$1:${String(applicationPort)}`);
  folder.write(CONFIG, configHere(withPort, found));
  for (const name of ruleFilesOf(folder.environment)) folder.write(name, rulesHere(folder.read(name)));
}

/**
 * Starts Prometheus with the arguments of the stack, less paths, address and the time between looks at the files.
 *
 * @param port a free one unless given
 * @param more arguments beside those of the stack
 */
export async function startPrometheus(
  command: string,
  folder: RenderedFolder,
  port?: number,
  more: readonly string[] = [],
): Promise<PrometheusHere> {
  const address = `127.0.0.1:${String(port ?? (await freePort()))}`;
  const url = `http://${address}`;
  const program = await startProgram({
    command,
    args: [
      ...withArguments(commandOf(folder.environment, 'prometheus').args, {
        '--config.file': folder.file(CONFIG),
        '--storage.tsdb.path': join(folder.path, 'prometheus-data'),
        '--config.auto-reload-interval': HURRY.autoReload,
      }),
      `--web.listen-address=${address}`,
      ...more,
    ],
    readyUrl: `${url}/-/ready`,
  });
  return {
    pid: program.pid,
    logs: () => program.logs(),
    stop: () => program.stop(),
    url,
    query: async (expression) => {
      const answer = await getJson(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      return (answer as { data: { result: readonly Sample[] } }).data.result;
    },
  };
}

/** One rule as /api/v1/rules shows it. */
export interface LoadedRule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly lastError?: string;
}

/** One group as /api/v1/rules shows it. */
export interface LoadedGroup {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly LoadedRule[];
}

/** The rule groups that Prometheus has loaded. */
export async function loadedGroups({ url }: PrometheusHere): Promise<readonly LoadedGroup[]> {
  const answer = (await getJson(`${url}/api/v1/rules`)) as { data: { groups: readonly LoadedGroup[] } };
  return answer.data.groups;
}

/** The rule groups, after each rule was evaluated at least once. */
export async function evaluatedGroups(prometheus: PrometheusHere): Promise<readonly LoadedGroup[]> {
  return eventually(
    'every rule is evaluated',
    () => loadedGroups(prometheus),
    (groups) => groups.every(({ rules }) => rules.every(({ health }) => health !== 'unknown')),
  );
}
