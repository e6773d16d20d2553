import type { Component, Connection, Peer } from './component';
import { selectorLabels } from './labels';

/** One NetworkPolicy before it is a resource. */
export interface NetworkPolicyModel {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods it is about; none means all pods of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly ingress: readonly NetworkRule[];
  readonly egress: readonly NetworkRule[];
}

/** Peers on the other side, and the ports they may use. */
export interface NetworkRule {
  readonly peers: readonly NetworkPeer[];
  readonly ports: readonly { readonly number: number; readonly protocol: 'TCP' | 'UDP' }[];
}

/** A peer as a NetworkPolicy says it. */
export type NetworkPeer =
  | { readonly kind: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: 'cidr'; readonly cidr: string; readonly except: readonly string[] };

/** DNS of the cluster: CoreDNS, or the node-local cache at a link-local address. */
const DNS: NetworkRule = {
  peers: [
    { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    { kind: 'cidr', cidr: '169.254.20.10/32', except: [] },
  ],
  ports: [
    { number: 53, protocol: 'UDP' },
    { number: 53, protocol: 'TCP' },
  ],
};

/**
 * The network policies of all components: nothing is open in either direction but what the graph of components says.
 *
 * Every edge is stated once, by the caller; the policy of the one who answers is derived from it. Components on the
 * node's network have no policy, since none would be applied to them; callers reach them at the nodes' addresses.
 *
 * @param components all components of one environment
 * @param nodeCidrs addresses of the nodes
 * @throws Error if a component calls one that does not exist, or a port that it does not listen on, or if a connection
 *   names no peer
 */
export function networkPolicies(
  components: readonly Component[],
  nodeCidrs: readonly string[],
): readonly NetworkPolicyModel[] {
  const known = new Map(components.map((component) => [key(component), component]));
  const incoming = new Map<string, NetworkRule[]>();
  for (const caller of components) {
    for (const edge of caller.egress) {
      if (edge.peer.kind !== 'component') continue;
      const callee = known.get(key(edge.peer));
      requireEdge(caller, edge, callee);
      const rule = { peers: [podsOf(caller)], ports: portsOf(edge) };
      incoming.set(key(edge.peer), [...(incoming.get(key(edge.peer)) ?? []), rule]);
    }
  }
  const namespaces = [...new Set(components.map((component) => component.namespace))].sort();
  return [
    ...namespaces.map((namespace) => denyAll(namespace)),
    ...components
      .filter((component) => component.hostNetwork !== true)
      .map((component) => ({
        name: component.name,
        namespace: component.namespace,
        podLabels: selectorLabels(component),
        ingress: merged([
          ...(incoming.get(key(component)) ?? []),
          ...component.ingress.map((edge) => rule(edge, known, nodeCidrs)),
        ]),
        egress: merged([DNS, ...component.egress.map((edge) => rule(edge, known, nodeCidrs))]),
      })),
  ];
}

function denyAll(namespace: string): NetworkPolicyModel {
  return { name: 'default-deny', namespace, podLabels: {}, ingress: [], egress: [] };
}

function key(component: { readonly name: string; readonly namespace: string }): string {
  return `${component.namespace}/${component.name}`;
}

function podsOf(component: Component): NetworkPeer {
  return { kind: 'pods', namespace: component.namespace, labels: selectorLabels(component) };
}

function portsOf(edge: Connection): NetworkRule['ports'] {
  return edge.ports.map(({ number, protocol }) => ({ number, protocol: protocol ?? 'TCP' }));
}

function rule(
  edge: Connection,
  known: ReadonlyMap<string, Component>,
  nodeCidrs: readonly string[],
): NetworkRule {
  const allowed = peers(edge.peer, known, nodeCidrs);
  // Kubernetes reads a rule without peers as "everybody".
  if (allowed.length === 0)
    throw new Error(`a connection (${edge.why}) names no address and would be open to all`);
  return { peers: allowed, ports: portsOf(edge) };
}

function peers(
  peer: Peer,
  known: ReadonlyMap<string, Component>,
  nodeCidrs: readonly string[],
): NetworkPeer[] {
  switch (peer.kind) {
    case 'component': {
      const component = known.get(key(peer));
      if (component === undefined) throw new Error(`no component ${key(peer)}`);
      return component.hostNetwork === true
        ? nodeCidrs.map((cidr) => ({ kind: 'cidr', cidr, except: [] }))
        : [podsOf(component)];
    }
    case 'pods':
      return peer.namespaces.map((namespace) => ({ kind: 'pods', namespace, labels: peer.labels ?? {} }));
    case 'cidrs':
      return peer.cidrs.map((cidr) => ({ kind: 'cidr', cidr, except: peer.except ?? [] }));
  }
}

function requireEdge(caller: Component, edge: Connection, callee: Component | undefined): void {
  if (callee === undefined) {
    throw new Error(`${key(caller)} calls a component that is not deployed (${edge.why})`);
  }
  for (const port of portsOf(edge)) {
    const listens = callee.ports.some(
      ({ number, protocol }) => number === port.number && (protocol ?? 'TCP') === port.protocol,
    );
    if (!listens) {
      throw new Error(
        `${key(caller)} calls ${key(callee)} on ${port.protocol} ${String(port.number)} (${edge.why}), where it does not listen`,
      );
    }
  }
}

/** Rules with the same ports become one, and a peer stands in it once, so that a review reads short lists. */
function merged(rules: readonly NetworkRule[]): NetworkRule[] {
  const byPorts = new Map<string, NetworkRule>();
  for (const current of rules) {
    const id = JSON.stringify(current.ports);
    const before = byPorts.get(id)?.peers ?? [];
    const all = [...before, ...current.peers];
    const distinct = new Map(all.map((peer) => [JSON.stringify(peer), peer]));
    byPorts.set(id, { ports: current.ports, peers: [...distinct.values()] });
  }
  return [...byPorts.values()];
}
