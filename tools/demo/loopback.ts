import { parse } from 'yaml';
import { secretFile } from '../../constructs/kubernetes/component';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import { allOf } from '../../stacks/components';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { renderedFiles } from '../../stacks/rendered-files';
import { hostPort, type HostPort, type Place } from './place';
import { withoutKubernetes, type LeftOut } from './static-discovery';

/**
 * The one place where the files of a cluster become files for this machine. What differs: addresses lead to loopback,
 * paths lead into one folder, secrets are files of that folder, and what Kubernetes' discovery would find is written
 * down. Intervals, retention, rules, routes, templates and limits stay as they are.
 */

/** The only address that anything listens on or is reached at. */
export const LOOPBACK = '127.0.0.1';

/** What `node` says of each target. */
const NODE = 'this-machine';

const PROMETHEUS_FILE = 'prometheus/prometheus.yml';
const ALERTMANAGER_FILE = 'alertmanager/alertmanager.yml';

/** Files whose programs listen on addresses that they read from them, by component. */
const SPAN_PROGRAM_FILES: Readonly<Record<string, string>> = {
  jaeger: 'jaeger/config.yaml',
  'otel-collector': 'otel-collector/config.yaml',
};

/** Directories of a pod, and what they are below the folder. */
const POD_DIRECTORIES: readonly (readonly [inPod: string, inFolder: string])[] = [
  ['/var/run/secrets/kubernetes.io/serviceaccount/', '/service-account/'],
  ['/var/lib/jaeger', '/jaeger-data'],
  ['/etc/', '/'],
];

/** Where on this machine everything is. */
export interface LoopbackSites {
  /** Full path of the folder that the files will lie in. */
  readonly folder: string;
  /** By component that runs: port here by port of the pod, as {@link podPorts} names them. */
  readonly components: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Port of each application that runs. */
  readonly applications: ReadonlyMap<string, number>;
  /** Port of the receiver of notifications. */
  readonly webhookPort: number;
  /** Port of the metrics of containers. */
  readonly containersPort: number;
}

/** The files for this machine, by path below the folder. */
export interface LoopbackFiles {
  readonly files: ReadonlyMap<string, string>;
  /** Jobs that prometheus.yml has for the cluster only. */
  readonly leftOut: readonly LeftOut[];
}

/** Ports of a pod that its program listens on, those included that only the pod itself can reach. */
export function podPorts(model: MonitoringModel, component: string): readonly number[] {
  const found = allOf(model.components).find(({ name }) => name === component);
  const file = SPAN_PROGRAM_FILES[component];
  const text = file === undefined ? undefined : renderedFiles(model).get(file);
  const listening = [...(text ?? '').matchAll(/(?:0\.0\.0\.0|localhost):(\d+)/g)].map((match) =>
    Number(match[1]),
  );
  return [...new Set([...(found?.ports ?? []).map(({ number }) => number), ...listening])];
}

/** Turns the files that the cluster would mount into files for this machine. */
export function loopbackFiles(model: MonitoringModel, sites: LoopbackSites): LoopbackFiles {
  const files = new Map(renderedFiles(model));
  const place = placeOf(sites);
  const here = (text: string) => onThisMachine(text, model, sites);
  const prometheus = withoutKubernetes(
    model,
    parse(files.get(PROMETHEUS_FILE) ?? '') as PrometheusConfig,
    place,
  );
  files.set(PROMETHEUS_FILE, renderYaml(eachString(prometheus.config, here)));
  files.set(ALERTMANAGER_FILE, renderYaml(eachString(parse(files.get(ALERTMANAGER_FILE) ?? ''), here)));
  for (const [component, file] of Object.entries(SPAN_PROGRAM_FILES)) {
    const ports = sites.components.get(component);
    const text = files.get(file);
    if (ports === undefined || text === undefined) continue;
    files.set(file, listeningHere(eachString(parse(text), here), ports));
  }
  for (const secret of allOf(model.components).flatMap(({ secrets }) => secrets)) {
    files.set(secretFile(secret).replace('/etc/', ''), `${secret.name}/${secret.key}`);
  }
  return { files, leftOut: prometheus.leftOut };
}

/** Loopback as a place where a stack runs. */
export function placeOf({ components, applications, containersPort }: LoopbackSites): Place {
  const at = (port: number | undefined): HostPort | undefined =>
    port === undefined ? undefined : { host: LOOPBACK, port };
  return {
    node: NODE,
    component: (name, port) => at(components.get(name)?.get(port)),
    application: (name) => at(applications.get(name)),
    containers: { host: LOOPBACK, port: containersPort },
  };
}

/** A text that names addresses of the cluster or paths of a pod, naming those of this machine. */
export function onThisMachine(text: string, model: MonitoringModel, sites: LoopbackSites): string {
  const directory = POD_DIRECTORIES.find(([inPod]) => text.startsWith(inPod));
  if (directory !== undefined) return `${sites.folder}${directory[1]}${text.slice(directory[0].length)}`;
  const place = placeOf(sites);
  return addresses(model, place, sites.webhookPort).reduce(
    (done, [inCluster, here]) => done.replaceAll(inCluster, () => here),
    text,
  );
}

/** Addresses that the rendered files call, and what they are here. */
function addresses(
  model: MonitoringModel,
  place: Place,
  webhookPort: number,
): readonly (readonly [inCluster: string, here: string])[] {
  const components = allOf(model.components).flatMap(({ name, namespace, ports }) =>
    ports.flatMap(({ number }): [string, string][] => {
      const here = place.component(name, number);
      return here === undefined ? [] : [[`${name}.${namespace}.svc:${String(number)}`, hostPort(here)]];
    }),
  );
  const { webhook } = model.environment.alertmanager.receivers;
  const receiver: [string, string][] =
    webhook === undefined
      ? []
      : [[new URL(webhook.url).origin, `http://${hostPort({ host: LOOPBACK, port: webhookPort })}`]];
  return [...components, ...receiver];
}

/** A configuration of Jaeger or the Collector that listens on loopback and on the ports here. */
function listeningHere(config: unknown, ports: ReadonlyMap<number, number>): string {
  const moved = eachString(config, (text) => {
    const port = /^(?:0\.0\.0\.0|localhost):(\d+)$/.exec(text)?.[1];
    return port === undefined ? text : hostPort({ host: LOOPBACK, port: portHere(ports, Number(port)) });
  });
  // Host and port of the program's own metrics are two values.
  return renderYaml(
    eachObject(moved, (object) =>
      object['host'] === '0.0.0.0' && typeof object['port'] === 'number'
        ? { ...object, host: LOOPBACK, port: portHere(ports, object['port']) }
        : object,
    ),
  );
}

function portHere(ports: ReadonlyMap<number, number>, inPod: number): number {
  const port = ports.get(inPod);
  if (port === undefined) throw new Error(`port ${String(inPod)} of the pod has no port on this machine`);
  return port;
}

/** A tree of values with each of its strings changed; keys are left alone. */
function eachString(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => eachString(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, eachString(item, change)]));
}

/** A tree of values with each of its objects changed, the inner ones first. */
function eachObject(value: unknown, change: (object: Readonly<Record<string, unknown>>) => object): unknown {
  if (Array.isArray(value)) return value.map((item) => eachObject(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, eachObject(item, change)])),
  );
}
