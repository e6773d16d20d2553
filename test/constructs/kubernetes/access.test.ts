import { Access } from '../../../constructs/kubernetes/access';
import { MonitoringNamespaces } from '../../../constructs/kubernetes/namespaces';
import { NetworkPolicies } from '../../../constructs/kubernetes/network-policies';
import { networkPolicies } from '../../../constructs/kubernetes/network-graph';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf } from '../../support/synth';

describe('Access', () => {
  const component = aComponent({
    permissions: {
      cluster: [
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
        { nonResourceUrls: ['/metrics'], verbs: ['get'] },
      ],
      namespaced: [
        { namespace: 'dev', rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] }] },
      ],
    },
  });

  it('grants the rules of the whole cluster to the ServiceAccount of the component', () => {
    const stack = aStack();
    new Access(stack, 'Access', { component });

    expect(resourcesOf(stack, 'kubernetes_cluster_role_v1')).toMatchObject([
      {
        metadata: { name: 'monitoring-example' },
        rule: [
          { api_groups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
          { non_resource_urls: ['/metrics'], verbs: ['get'] },
        ],
      },
    ]);
    expect(resourcesOf(stack, 'kubernetes_cluster_role_binding_v1')).toMatchObject([
      { subject: [{ kind: 'ServiceAccount', name: 'example', namespace: 'monitoring' }] },
    ]);
  });

  it('grants the rules of a namespace there and nowhere else', () => {
    const stack = aStack();
    new Access(stack, 'Access', { component });

    expect(resourcesOf(stack, 'kubernetes_role_v1')).toMatchObject([
      { metadata: { name: 'monitoring-example', namespace: 'dev' }, rule: [{ resources: ['pods'] }] },
    ]);
    expect(resourcesOf(stack, 'kubernetes_role_binding_v1')).toMatchObject([
      { metadata: { namespace: 'dev' }, subject: [{ namespace: 'monitoring' }] },
    ]);
  });

  it('creates nothing for a component without permissions', () => {
    const stack = aStack();
    new Access(stack, 'Access', { component: aComponent() });

    expect(resourcesOf(stack, 'kubernetes_cluster_role_v1')).toEqual([]);
    expect(resourcesOf(stack, 'kubernetes_role_v1')).toEqual([]);
  });
});

describe('MonitoringNamespaces', () => {
  it('enforces the restricted level for monitoring and the privileged one for agents only', () => {
    const stack = aStack();
    new MonitoringNamespaces(stack, 'Namespaces', { monitoring: 'monitoring', agents: 'agents' });

    expect(resourcesOf(stack, 'kubernetes_namespace_v1').map(({ metadata }) => metadata)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'monitoring',
          labels: expect.objectContaining({ 'pod-security.kubernetes.io/enforce': 'restricted' }) as unknown,
        }),
        expect.objectContaining({
          name: 'agents',
          labels: expect.objectContaining({ 'pod-security.kubernetes.io/enforce': 'privileged' }) as unknown,
        }),
      ]),
    );
  });
});

describe('NetworkPolicies', () => {
  it('states both directions, so that an empty list denies instead of allowing', () => {
    const stack = aStack();
    new NetworkPolicies(stack, 'Policies', { policies: networkPolicies([aComponent()], ['10.0.0.0/16']) });

    expect(resourcesOf(stack, 'kubernetes_network_policy_v1')).toEqual([
      expect.objectContaining({
        spec: {
          pod_selector: { match_labels: {} },
          policy_types: ['Ingress', 'Egress'],
          ingress: [],
          egress: [],
        },
      }),
      expect.objectContaining({
        spec: expect.objectContaining({
          pod_selector: { match_labels: { 'app.kubernetes.io/name': 'example' } },
          policy_types: ['Ingress', 'Egress'],
        }) as unknown,
      }),
    ]);
  });

  it('names a peer by the label that Kubernetes gives each namespace', () => {
    const stack = aStack();
    const component = aComponent({
      ingress: [{ peer: { kind: 'pods', namespaces: ['dev'] }, ports: [{ number: 8080 }], why: 'users' }],
    });
    new NetworkPolicies(stack, 'Policies', { policies: networkPolicies([component], []) });

    expect(JSON.stringify(resourcesOf(stack, 'kubernetes_network_policy_v1'))).toContain(
      '"namespace_selector":{"match_labels":{"kubernetes.io/metadata.name":"dev"}}',
    );
  });
});
