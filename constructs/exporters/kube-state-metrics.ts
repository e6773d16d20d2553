import type { ClusterNetwork, ResourceSettings } from '../../environments/environment';
import { portOf, type Component, type PolicyRule } from '../kubernetes/component';
import { apiServer } from '../kubernetes/peers';
import { containerValues, type ContainerValues } from './helm-exporter';

const NAME = 'kube-state-metrics';

/**
 * Kinds of objects that boards and rules read, by API group. No Secrets and no ConfigMaps: to list them is to read
 * their contents.
 */
const OBJECTS = {
  '': [
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'resourcequotas',
    'services',
  ],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  policy: ['poddisruptionbudgets'],
} as const;

/** kube-state-metrics: it lists and watches the kinds that it tells of, in the whole cluster. */
export function kubeStateMetricsComponent(options: {
  readonly namespace: string;
  readonly network: ClusterNetwork;
}): Component {
  return {
    name: NAME,
    namespace: options.namespace,
    ports: [
      { name: 'http', number: 8080 },
      { name: 'metrics', number: 8081 },
    ],
    config: [],
    secrets: [],
    egress: [apiServer(options.network)],
    ingress: [],
    permissions: {
      cluster: Object.entries(OBJECTS).map(([group, resources]): PolicyRule => ({
        apiGroups: [group],
        resources,
        verbs: ['list', 'watch'],
      })),
    },
    metrics: { port: 'http', honorLabels: true },
  };
}

/** The values that are set of the chart kube-state-metrics 8.4. */
export interface KubeStateMetricsValues extends ContainerValues {
  /** Value of `app.kubernetes.io/name`. */
  readonly nameOverride: string;
  /** Name of the objects, the ServiceAccount among them. */
  readonly fullnameOverride: string;
  readonly collectors: readonly string[];
  /** The stack makes the roles itself, from the component's permissions. */
  readonly rbac: { readonly create: false };
  readonly serviceAccount: { readonly create: true; readonly automountServiceAccountToken: false };
  readonly automountServiceAccountToken: true;
  /** No annotation `prometheus.io/scrape` on the Service. */
  readonly prometheusScrape: false;
  readonly service: { readonly port: number };
  readonly selfMonitor: { readonly telemetryPort: number };
}

/**
 * Renders the chart's values.
 *
 * @param component made by {@link kubeStateMetricsComponent}
 * @param resources what the pod asks for; the limit is for some thousand objects
 */
export function kubeStateMetricsValues(
  component: Component,
  resources: ResourceSettings = { cpuMillicores: 10, memoryMiB: 64, memoryLimitMiB: 256 },
): KubeStateMetricsValues {
  return {
    nameOverride: component.name,
    fullnameOverride: component.name,
    collectors: Object.values(OBJECTS).flat().sort(),
    rbac: { create: false },
    serviceAccount: { create: true, automountServiceAccountToken: false },
    automountServiceAccountToken: true,
    prometheusScrape: false,
    service: { port: portOf(component, 'http').number },
    selfMonitor: { telemetryPort: portOf(component, 'metrics').number },
    ...containerValues(resources),
  };
}
