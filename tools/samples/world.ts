import { hashOf } from './random';

/** Labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** One pod, with all that several exporters say of it, so that they agree. */
export interface Pod {
  readonly namespace: string;
  readonly pod: string;
  readonly node: string;
  readonly container: string;
  /** Value of the label `app`; also the scrape job of a service. */
  readonly app: string;
  readonly uid: string;
  readonly address: string;
  /** Kind and name of what made it. */
  readonly owner: { readonly kind: 'DaemonSet' | 'ReplicaSet' | 'StatefulSet'; readonly name: string };
  /** Claim of its volume. @default - it has none */
  readonly claim?: string;
}

/** What runs: enough for every label of the contract to have a value that exists elsewhere too. */
export interface World {
  readonly nodes: readonly string[];
  readonly pods: readonly Pod[];
}

/** How large the world is, and what it is called. */
export interface WorldOptions {
  readonly namespaces: { readonly application: string; readonly monitoring: string; readonly agents: string };
  /** Names of the application's services. */
  readonly services: readonly string[];
  /** Pods of each service. */
  readonly podsPerService: number;
  /** @default 3 */
  readonly nodes?: number;
}

const STATEFUL = ['prometheus', 'alertmanager', 'jaeger'];

const DEPLOYED = [
  'grafana',
  'otel-collector',
  'blackbox-exporter',
  'postgres-exporter',
  'kube-state-metrics',
];

const ON_EACH_NODE = ['node-exporter', 'fluent-bit', 'cloudwatch-agent'];

/** Makes a world: the services, the stack beside them, and its agents on each node. */
export function makeWorld(options: WorldOptions): World {
  const { namespaces, services, podsPerService, nodes: count = 3 } = options;
  const nodes = range(count).map((index) => `ip-10-30-${String(index)}-17.ap-southeast-2.compute.internal`);
  const on = (index: number): string => nodes[index % nodes.length] ?? '';
  const pod = (namespace: string, app: string, index: number, kind: Pod['owner']['kind']): Pod => {
    const name = podName(app, index, kind);
    return {
      namespace,
      app,
      pod: name,
      node: on(index),
      container: app,
      uid: `${hex(`${namespace}/${name}`)}-4a1e-4000-8000-0000${hex(name)}`,
      address: `10.30.${String(64 + (index >> 8))}.${String(index & 255)}`,
      owner: { kind, name: kind === 'ReplicaSet' ? `${app}-${hash5(app)}` : app },
      ...(kind === 'StatefulSet' && { claim: `data-${name}` }),
    };
  };
  return {
    nodes,
    pods: [
      ...services.flatMap((app) =>
        range(podsPerService).map((index) => pod(namespaces.application, app, index, 'ReplicaSet')),
      ),
      ...STATEFUL.flatMap((app) =>
        range(app === 'alertmanager' ? 2 : 1).map((index) =>
          pod(namespaces.monitoring, app, index, 'StatefulSet'),
        ),
      ),
      ...DEPLOYED.map((app) => pod(namespaces.monitoring, app, 0, 'ReplicaSet')),
      pod(namespaces.monitoring, 'xray-daemon', 0, 'DaemonSet'),
      ...ON_EACH_NODE.flatMap((app) =>
        nodes.map((_node, index) => pod(namespaces.agents, app, index, 'DaemonSet')),
      ),
      pod('kube-system', 'coredns', 0, 'ReplicaSet'),
    ],
  };
}

/** Whole numbers from 0. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_item, index) => index);
}

/** Items once for each key. */
export function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function podName(app: string, index: number, kind: Pod['owner']['kind']): string {
  if (kind === 'StatefulSet') return `${app}-${String(index)}`;
  const own = hash5(`${app} ${String(index)}`);
  return kind === 'DaemonSet' ? `${app}-${own}` : `${app}-${hash5(app)}-${own}`;
}

function hex(text: string): string {
  return hashOf(text).toString(16).padStart(8, '0');
}

function hash5(text: string): string {
  return hex(text).slice(0, 5);
}
