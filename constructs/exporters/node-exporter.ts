import type { ResourceSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import { containerValues, type ContainerValues } from './helm-exporter';

const NAME = 'node-exporter';

/** Directories that are no disk of the node. */
const MOUNT_POINTS = '^/(dev|proc|sys|run/containerd/.+|var/lib/docker/.+|var/lib/kubelet/.+)($|/)';

/** Ends of pods' own network interfaces: each pod would bring a dozen series. */
const POD_INTERFACES = '^(veth.*|eni.*|cali.*|[a-f0-9]{15})$';

/** The node exporter, on each node's own network. */
export function nodeExporterComponent(namespace: string): Component {
  return {
    name: NAME,
    namespace,
    ports: [{ name: 'metrics', number: 9100 }],
    config: [],
    secrets: [],
    egress: [],
    ingress: [],
    metrics: { port: 'metrics' },
    hostNetwork: true,
  };
}

/** The values that are set of the chart prometheus-node-exporter 4.56. */
export interface NodeExporterValues extends ContainerValues {
  /** Value of `app.kubernetes.io/name`. */
  readonly nameOverride: string;
  /** Name of the objects. */
  readonly fullnameOverride: string;
  /** An image without a shell. */
  readonly image: { readonly distroless: boolean };
  /** Without the Service, whose port settings are also the container's. */
  readonly service: {
    readonly enabled: false;
    readonly port: number;
    readonly portName: string;
    readonly listenOnAllInterfaces: boolean;
  };
  /** The chart makes a ServiceAccount only with it; there is no role, because no proxy stands before the exporter. */
  readonly rbac: { readonly create: true };
  readonly serviceAccount: { readonly create: true; readonly automountServiceAccountToken: false };
  readonly hostNetwork: true;
  readonly hostPID: true;
  readonly hostRootFsMount: { readonly enabled: true; readonly mountPropagation: 'HostToContainer' };
  readonly priorityClassName: string;
  readonly updateStrategy: {
    readonly type: 'RollingUpdate';
    readonly rollingUpdate: { readonly maxUnavailable: string };
  };
  readonly tolerations: readonly { readonly operator: 'Exists' }[];
  readonly extraArgs: readonly string[];
}

/**
 * Renders the chart's values. The chart itself keeps the pods off Fargate, where no DaemonSet runs.
 *
 * @param component made by {@link nodeExporterComponent}
 * @param resources what each pod asks for
 */
export function nodeExporterValues(
  component: Component,
  resources: ResourceSettings = { cpuMillicores: 50, memoryMiB: 64, memoryLimitMiB: 128 },
): NodeExporterValues {
  const [port] = component.ports;
  if (port === undefined) throw new Error(`${component.name} has no port`);
  return {
    nameOverride: component.name,
    fullnameOverride: component.name,
    image: { distroless: true },
    // Only at the node's address, where Prometheus asks; others of the node need not reach it.
    service: { enabled: false, port: port.number, portName: port.name, listenOnAllInterfaces: false },
    rbac: { create: true },
    serviceAccount: { create: true, automountServiceAccountToken: false },
    ...containerValues(resources),
    hostNetwork: true,
    hostPID: true,
    hostRootFsMount: { enabled: true, mountPropagation: 'HostToContainer' },
    // A full node must evict a tenant, not the program that would tell of it.
    priorityClassName: 'system-node-critical',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
    tolerations: [{ operator: 'Exists' }],
    extraArgs: [
      '--no-collector.wifi',
      '--no-collector.hwmon',
      '--no-collector.btrfs',
      `--collector.filesystem.mount-points-exclude=${MOUNT_POINTS}`,
      `--collector.netclass.ignored-devices=${POD_INTERFACES}`,
      `--collector.netdev.device-exclude=${POD_INTERFACES}`,
    ],
  };
}
