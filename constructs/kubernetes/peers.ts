import type { ClusterNetwork } from '../../environments/environment';
import type { Connection } from './component';

/** Address of the instance metadata service, which no pod of the stack may ask. */
const INSTANCE_METADATA = '169.254.169.254/32';

/**
 * Address at which the EKS Pod Identity agent of the node hands out credentials
 * (docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html).
 */
const POD_IDENTITY_AGENT = '169.254.170.23/32';

/** Any address of the internet on one port, without the metadata service. */
export function internet(port: number, why: string): Connection {
  return {
    peer: { kind: 'cidrs', cidrs: ['0.0.0.0/0'], except: [INSTANCE_METADATA] },
    ports: [{ number: port }],
    why,
  };
}

/** Addresses that an environment names. */
export function addresses(cidrs: readonly string[], port: number, why: string): Connection {
  return { peer: { kind: 'cidrs', cidrs }, ports: [{ number: port }], why };
}

/** The Kubernetes API server. */
export function apiServer(network: ClusterNetwork): Connection {
  return addresses(network.apiServerCidrs, network.apiServerPort ?? 443, 'Kubernetes API');
}

/** A port of every node, such as the kubelet's 10250. */
export function nodes(network: ClusterNetwork, port: number, why: string): Connection {
  return addresses(network.nodeCidrs, port, why);
}

/** AWS endpoints and the agent that hands out credentials for them. */
export function awsEndpoints(network: ClusterNetwork): readonly Connection[] {
  const endpoints =
    network.awsEndpointCidrs === undefined
      ? internet(443, 'AWS endpoints')
      : addresses(network.awsEndpointCidrs, 443, 'AWS endpoints');
  return [endpoints, addresses([POD_IDENTITY_AGENT], 80, 'EKS Pod Identity agent')];
}
