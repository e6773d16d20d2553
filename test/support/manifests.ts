import type { SynthesizedResources } from './synth';

/** A Kubernetes object as the API server takes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** What an object of a kind is called, and where the API keeps it. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

/** By Terraform type, in the order in which they are applied: what others need comes first. */
const KINDS: Readonly<Record<string, Kind>> = {
  kubernetes_namespace_v1: { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' },
  kubernetes_service_account_v1: { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  kubernetes_cluster_role_v1: rbac('ClusterRole'),
  kubernetes_cluster_role_binding_v1: rbac('ClusterRoleBinding'),
  kubernetes_role_v1: rbac('Role'),
  kubernetes_role_binding_v1: rbac('RoleBinding'),
  kubernetes_config_map_v1: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  kubernetes_persistent_volume_claim_v1: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
  },
  kubernetes_network_policy_v1: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
  },
  kubernetes_service_v1: { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  kubernetes_pod_disruption_budget_v1: {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
  },
  kubernetes_deployment_v1: { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  kubernetes_daemon_set_v1: { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets' },
  kubernetes_stateful_set_v1: { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  kubernetes_ingress_v1: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', plural: 'ingresses' },
  kubernetes_horizontal_pod_autoscaler_v2: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
  },
};

function rbac(kind: string): Kind {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, plural: `${kind.toLowerCase()}s` };
}

/** Arguments that tell Terraform what to do, and the API server nothing. */
const FOR_TERRAFORM = [
  '//',
  'depends_on',
  'lifecycle',
  'provider',
  'timeouts',
  'wait_for_rollout',
  'wait_until_bound',
];

/** Maps whose keys are somebody's own words. */
const MAPS = [
  'labels',
  'annotations',
  'match_labels',
  'node_selector',
  'data',
  'binary_data',
  'limits',
  'requests',
];

/** Blocks that may stand more than once, and what the API calls their list. Every other block stands once. */
const LISTS: Readonly<Record<string, string>> = {
  container: 'containers',
  egress: 'egress',
  env: 'env',
  from: 'from',
  ingress: 'ingress',
  init_container: 'initContainers',
  match_expressions: 'matchExpressions',
  metric: 'metrics',
  node_selector_term: 'nodeSelectorTerms',
  path: 'paths',
  policy: 'policies',
  port: 'ports',
  ports: 'ports',
  rule: 'rules',
  subject: 'subjects',
  tls: 'tls',
  to: 'to',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  volume: 'volumes',
  volume_claim_template: 'volumeClaimTemplates',
  volume_mount: 'volumeMounts',
};

/** Names that are not the Terraform name in camel case. */
const NAMES: Readonly<Record<string, string>> = {
  cluster_ip: 'clusterIP',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  non_resource_urls: 'nonResourceURLs',
};

/** Numbers that the provider takes as text; a name of a port or a percentage stays text. */
const NUMBERS = [
  'fs_group',
  'max_surge',
  'max_unavailable',
  'port',
  'replicas',
  'run_as_group',
  'run_as_user',
  'target_port',
];

/** File modes, octal in Terraform. */
const OCTAL = ['default_mode'];

type Block = Readonly<Record<string, unknown>>;

/** Turns what stands in strings for Terraform into what the API server is told. */
type Resolve = (text: string) => string;

/**
 * The Kubernetes objects of a stack, as Terraform's provider would send them, in an order in which they can be applied.
 *
 * @param resources what {@link stackOf} gives; other providers' resources are passed over
 * @throws Error if a type, a block or a reference is not known: it would be missing from what is proven
 */
export function manifestsOf(resources: SynthesizedResources): readonly Manifest[] {
  const types = Object.keys(resources).filter((type) => type.startsWith('kubernetes_'));
  const unknown = types.filter((type) => KINDS[type] === undefined);
  if (unknown.length > 0) throw new Error(`no manifest is known for ${unknown.join(', ')}`);
  const resolve = (text: string) => resolved(text, resources);
  return Object.entries(KINDS).flatMap(([type, { apiVersion, kind }]) =>
    Object.values(resources[type] ?? {}).map((body) => {
      const fields = Object.entries(body).filter(([name]) => !FOR_TERRAFORM.includes(name));
      const manifest = { apiVersion, kind, ...block(Object.fromEntries(fields), resolve) } as Manifest;
      return kind === 'DaemonSet' ? withUpdateStrategy(manifest) : manifest;
    }),
  );
}

/** Path of the API under which an object of a manifest is. */
export function pathOf({ apiVersion, kind, metadata: { name, namespace } }: Manifest): string {
  const found = Object.values(KINDS).find((candidate) => candidate.kind === kind);
  if (found === undefined) throw new Error(`no path is known for ${kind}`);
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${root}/${apiVersion}${scope}/${found.plural}/${name}`;
}

/** Terraform calls it as a Deployment does, and the API as a StatefulSet does. */
function withUpdateStrategy(daemonSet: Manifest): Manifest {
  const { strategy, ...spec } = daemonSet['spec'] as Block;
  return { ...daemonSet, spec: { ...spec, updateStrategy: strategy } };
}

function block(body: Block, resolve: Resolve): Block {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => field(name, value, resolve)));
}

function field(name: string, value: unknown, resolve: Resolve): [string, unknown] {
  if (MAPS.includes(name)) return [camelCase(name), mapped(value as Block, resolve)];
  if (Array.isArray(value) && (value.some(isBlock) || (value.length === 0 && LISTS[name] !== undefined))) {
    return blocks(name, value as Block[], resolve);
  }
  if (isBlock(value)) {
    return isOneOfMany(name, value)
      ? blocks(name, [value], resolve)
      : [camelCase(name), block(value, resolve)];
  }
  if (Array.isArray(value)) return [camelCase(name), value.map((item) => scalar(name, item, resolve))];
  return [camelCase(name), scalar(name, value, resolve)];
}

function blocks(name: string, bodies: readonly Block[], resolve: Resolve): [string, unknown] {
  const list = LISTS[name];
  const converted = bodies.map((body) => block(body, resolve));
  if (list !== undefined) return [list, converted];
  if (converted.length === 1) return [camelCase(name), converted[0]];
  throw new Error(`${name}: ${String(converted.length)} blocks, of which the API takes one`);
}

/** The port of an Ingress' backend is one, and names no port of its own; those of containers and Services are listed. */
function isOneOfMany(name: string, value: Block): boolean {
  const isBackendPort = name === 'port' && !('port' in value) && !('container_port' in value);
  return LISTS[name] !== undefined && !isBackendPort;
}

function mapped(map: Block, resolve: Resolve): Block {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, typeof value === 'string' ? resolve(value) : value]),
  );
}

function scalar(name: string, value: unknown, resolve: Resolve): unknown {
  if (typeof value !== 'string') return value;
  if (OCTAL.includes(name)) return Number.parseInt(value, 8);
  if (NUMBERS.includes(name) && /^\d+$/.test(value)) return Number(value);
  return resolve(value);
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function camelCase(name: string): string {
  return NAMES[name] ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Names that refer to another object of the stack, and the escapes of `${` and `%{`. */
function resolved(text: string, resources: SynthesizedResources): string {
  return text.replaceAll(
    /([$%])\1\{|\$\{([^}]*)\}/g,
    (found, escaped: string | undefined, reference = '') => {
      if (escaped !== undefined) return `${escaped}{`;
      const [, type = '', id = ''] = /^(\w+)\.([\w-]+)\.metadata\[0\]\.name$/.exec(String(reference)) ?? [];
      const name = (resources[type]?.[id]?.['metadata'] as { name?: string } | undefined)?.name;
      if (name === undefined) throw new Error(`${found} refers to no name of a Kubernetes object`);
      return name;
    },
  );
}
