import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { Construct } from 'constructs';
import type { Component } from './component';
import { objectLabels, selectorLabels } from './labels';

/** How a component's Service differs from a ClusterIP over all its ports. */
export interface ServiceSettings {
  /** @default 'ClusterIP' */
  readonly type?: 'ClusterIP' | 'LoadBalancer';
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Addresses that may reach a load balancer. @default - none given */
  readonly loadBalancerSourceRanges?: readonly string[];
  /** Traffic stays on the caller's node. @default false */
  readonly nodeLocal?: boolean;
}

/** Places the Service of a component and, for the members of a StatefulSet, the headless one that names each. */
export function componentService(
  scope: Construct,
  component: Component,
  settings: ServiceSettings,
  withPeers: boolean,
): void {
  const ports = component.ports.map((port) => ({
    name: port.name,
    port: port.number,
    targetPort: port.name,
    protocol: port.protocol ?? 'TCP',
  }));
  const metadata = { namespace: component.namespace, labels: objectLabels(component) };
  new ServiceV1(scope, 'Service', {
    metadata: { ...metadata, name: component.name, annotations: { ...settings.annotations } },
    spec: {
      type: settings.type ?? 'ClusterIP',
      selector: selectorLabels(component),
      port: ports,
      loadBalancerSourceRanges: settings.loadBalancerSourceRanges && [...settings.loadBalancerSourceRanges],
      internalTrafficPolicy: settings.nodeLocal === true ? 'Local' : undefined,
    },
  });
  if (!withPeers) return;
  new ServiceV1(scope, 'PeerService', {
    metadata: { ...metadata, name: `${component.name}-peers` },
    spec: {
      clusterIp: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels(component),
      port: ports,
    },
  });
}
