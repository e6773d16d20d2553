import { networkPolicies } from '../../../constructs/kubernetes/network-graph';
import { aComponent } from '../../support/component';

const NODES = ['10.0.0.0/16'];
const DNS_PORTS = [
  { number: 53, protocol: 'UDP' },
  { number: 53, protocol: 'TCP' },
];

describe('networkPolicies', () => {
  const callee = aComponent({ name: 'callee', ports: [{ name: 'http', number: 9090 }] });
  const caller = aComponent({
    name: 'caller',
    namespace: 'agents',
    egress: [
      {
        peer: { kind: 'component', name: 'callee', namespace: 'monitoring' },
        ports: [{ number: 9090 }],
        why: 'test',
      },
    ],
  });

  it('denies everything by default in each namespace that holds a component', () => {
    const policies = networkPolicies([caller, callee], NODES);

    expect(policies.slice(0, 2)).toEqual([
      { name: 'default-deny', namespace: 'agents', podLabels: {}, ingress: [], egress: [] },
      { name: 'default-deny', namespace: 'monitoring', podLabels: {}, ingress: [], egress: [] },
    ]);
  });

  it('opens the callee for exactly the caller that names it', () => {
    const policy = networkPolicies([caller, callee], NODES).find(({ name }) => name === 'callee');

    expect(policy?.ingress).toEqual([
      {
        peers: [{ kind: 'pods', namespace: 'agents', labels: { 'app.kubernetes.io/name': 'caller' } }],
        ports: [{ number: 9090, protocol: 'TCP' }],
      },
    ]);
    expect(policy?.egress.map(({ ports }) => ports)).toEqual([DNS_PORTS]);
  });

  it('reaches a component on the node network at the addresses of the nodes and gives it no policy', () => {
    const policies = networkPolicies([caller, { ...callee, hostNetwork: true }], NODES);

    expect(policies.map(({ name }) => name)).not.toContain('callee');
    expect(policies.find(({ name }) => name === 'caller')?.egress).toContainEqual({
      peers: [{ kind: 'cidr', cidr: '10.0.0.0/16', except: [] }],
      ports: [{ number: 9090, protocol: 'TCP' }],
    });
  });

  it('merges peers that use the same ports and names each once', () => {
    const twice = aComponent({
      ingress: [
        { peer: { kind: 'pods', namespaces: ['dev', 'prod'] }, ports: [{ number: 8080 }], why: 'users' },
        { peer: { kind: 'pods', namespaces: ['dev'] }, ports: [{ number: 8080 }], why: 'again' },
      ],
    });

    expect(networkPolicies([twice], NODES).at(-1)?.ingress).toEqual([
      {
        peers: [
          { kind: 'pods', namespace: 'dev', labels: {} },
          { kind: 'pods', namespace: 'prod', labels: {} },
        ],
        ports: [{ number: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  it('keeps the ranges that an address peer leaves out', () => {
    const outward = aComponent({
      egress: [
        {
          peer: { kind: 'cidrs', cidrs: ['0.0.0.0/0'], except: ['169.254.169.254/32'] },
          ports: [{ number: 443 }],
          why: 'internet',
        },
      ],
    });

    expect(networkPolicies([outward], NODES).at(-1)?.egress).toContainEqual({
      peers: [{ kind: 'cidr', cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] }],
      ports: [{ number: 443, protocol: 'TCP' }],
    });
  });

  it('fails when a component calls one that is not deployed', () => {
    expect(() => networkPolicies([caller], NODES)).toThrow(
      'agents/caller calls a component that is not deployed (test)',
    );
  });

  it('fails when a component is called on a port where it does not listen', () => {
    const deaf = { ...callee, ports: [{ name: 'http', number: 9090, protocol: 'UDP' as const }] };

    expect(() => networkPolicies([caller, deaf], NODES)).toThrow(
      'agents/caller calls monitoring/callee on TCP 9090 (test), where it does not listen',
    );
  });

  it('fails when a connection names no address, which Kubernetes would read as everybody', () => {
    const open = aComponent({
      egress: [{ peer: { kind: 'cidrs', cidrs: [] }, ports: [{ number: 443 }], why: 'vendor' }],
    });

    expect(() => networkPolicies([open], NODES)).toThrow(
      '(vendor) names no address and would be open to all',
    );
  });
});
