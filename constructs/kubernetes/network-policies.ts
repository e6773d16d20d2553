import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { PART_OF } from './labels';
import type { NetworkPeer, NetworkPolicyModel, NetworkRule } from './network-graph';

/** Label that Kubernetes itself puts on each namespace: its name. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Places the network policies of the graph, one resource each. */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: { readonly policies: readonly NetworkPolicyModel[] }) {
    super(scope, id);
    for (const policy of props.policies) {
      const namespace = this.node.tryFindChild(policy.namespace) ?? new Construct(this, policy.namespace);
      new NetworkPolicyV1(namespace, policy.name, {
        metadata: {
          name: policy.name,
          namespace: policy.namespace,
          labels: { 'app.kubernetes.io/part-of': PART_OF, 'app.kubernetes.io/managed-by': 'terraform' },
        },
        spec: {
          podSelector: { matchLabels: { ...policy.podLabels } },
          policyTypes: ['Ingress', 'Egress'],
          ingress: policy.ingress.map((rule) => ({ from: rule.peers.map(peer), ports: ports(rule) })),
          egress: policy.egress.map((rule) => ({ to: rule.peers.map(peer), ports: ports(rule) })),
        },
      });
    }
  }
}

function peer(model: NetworkPeer) {
  if (model.kind === 'cidr') {
    return { ipBlock: { cidr: model.cidr, except: model.except.length > 0 ? [...model.except] : undefined } };
  }
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: model.namespace } },
    podSelector: { matchLabels: { ...model.labels } },
  };
}

function ports(rule: NetworkRule) {
  return rule.ports.map(({ number, protocol }) => ({ port: String(number), protocol }));
}
