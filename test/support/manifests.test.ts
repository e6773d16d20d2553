import { manifestsOf, pathOf, type Manifest } from './manifests';

const metadata = { name: 'web', namespace: 'shop' };

function only(resources: Parameters<typeof manifestsOf>[0]): Manifest {
  const [manifest] = manifestsOf(resources);
  if (manifest === undefined) throw new Error('no manifest');
  return manifest;
}

function podOf(spec: Record<string, unknown>): unknown {
  const body = { metadata, spec: { replicas: '2', template: { spec } } };
  return only({ kubernetes_deployment_v1: { Web: body } })['spec'];
}

describe('manifestsOf', () => {
  it('gives kind, version and plural names, and numbers for numbers that Terraform takes as text', () => {
    const spec = podOf({
      security_context: { run_as_user: '1000', fs_group_change_policy: 'OnRootMismatch' },
      container: [
        { name: 'web', port: [{ container_port: 80, name: 'http' }], env: [{ name: 'N', value: '1' }] },
      ],
      volume: [{ name: 'tls', secret: { secret_name: 'tls', default_mode: '0440' } }],
    });

    expect(spec).toEqual({
      replicas: 2,
      template: {
        spec: {
          securityContext: { runAsUser: 1000, fsGroupChangePolicy: 'OnRootMismatch' },
          containers: [
            { name: 'web', ports: [{ containerPort: 80, name: 'http' }], env: [{ name: 'N', value: '1' }] },
          ],
          volumes: [{ name: 'tls', secret: { secretName: 'tls', defaultMode: 288 } }],
        },
      },
    });
  });

  it('takes a block for what it is, written as an object or as a list', () => {
    const probe = { liveness_probe: { tcp_socket: [{ port: 'http' }] } };
    const asLists = podOf({ container: [{ name: 'web', port: [{ container_port: 80 }], ...probe }] });
    const asObjects = podOf({ container: { name: 'web', port: { container_port: 80 }, ...probe } });

    expect(asObjects).toEqual(asLists);
    expect(asLists).toMatchObject({
      template: { spec: { containers: [{ livenessProbe: { tcpSocket: { port: 'http' } } }] } },
    });
  });

  it('keeps the one port of an Ingress backend, and the number of a Service port', () => {
    const backend = { service: { name: 'web', port: { number: 80 } } };
    const ingress = only({
      kubernetes_ingress_v1: {
        Web: { metadata, spec: { rule: [{ http: { path: [{ path: '/', backend }] } }] } },
      },
    });
    const service = only({
      kubernetes_service_v1: {
        Web: { metadata, spec: { cluster_ip: 'None', port: [{ port: 80, target_port: '8080' }] } },
      },
    });

    expect(ingress['spec']).toEqual({ rules: [{ http: { paths: [{ path: '/', backend }] } }] });
    expect(service['spec']).toEqual({ clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] });
  });

  it('calls the strategy of a DaemonSet as the API does, and keeps a list without blocks', () => {
    const spec = { strategy: { type: 'OnDelete' }, template: { spec: { volume: [] } } };
    const daemonSet = only({ kubernetes_daemon_set_v1: { Web: { metadata, spec } } });

    expect(daemonSet['spec']).toEqual({
      updateStrategy: { type: 'OnDelete' },
      template: { spec: { volumes: [] } },
    });
  });

  it('leaves out what is for Terraform alone, and keys that are words of a person as they are', () => {
    const manifest = only({
      kubernetes_config_map_v1: {
        Web: {
          metadata: { ...metadata, labels: { my_label: 'a' } },
          data: { 'a_file.yml': 'b' },
          depends_on: ['c'],
        },
      },
    });

    expect(manifest).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, labels: { my_label: 'a' } },
      data: { 'a_file.yml': 'b' },
    });
  });

  it('puts names where others refer to them, and takes the escapes of Terraform out', () => {
    const claim = '${kubernetes_persistent_volume_claim_v1.Claim_1-a.metadata[0].name}';
    const [, deployment] = manifestsOf({
      kubernetes_deployment_v1: {
        Web: { metadata, spec: { volume: [{ claim_name: claim }], args: ['$${A} %%{B}'] } },
      },
      kubernetes_persistent_volume_claim_v1: { 'Claim_1-a': { metadata: { name: 'disk' } } },
    });

    expect(deployment?.['spec']).toEqual({ volumes: [{ claimName: 'disk' }], args: ['${A} %{B}'] });
  });

  it('puts namespaces before what is in them, and passes over other providers', () => {
    const kinds = manifestsOf({
      aws_sns_topic: { Topic: {} },
      kubernetes_deployment_v1: { Web: { metadata } },
      kubernetes_namespace_v1: { Shop: { metadata: { name: 'shop' } } },
    }).map(({ kind }) => kind);

    expect(kinds).toEqual(['Namespace', 'Deployment']);
  });

  it.each([
    ['a type', { kubernetes_pod_v1: {} }, 'no manifest is known for kubernetes_pod_v1'],
    [
      'two blocks where one may stand',
      { kubernetes_deployment_v1: { Web: { metadata, spec: { strategy: [{}, {}] } } } },
      'strategy: 2 blocks, of which the API takes one',
    ],
    [
      'a reference',
      { kubernetes_service_account_v1: { Web: { metadata: { name: '${aws_iam_role.a.arn}' } } } },
      '${aws_iam_role.a.arn} refers to no name of a Kubernetes object',
    ],
  ])('refuses %s that it does not know', (_, resources, message) => {
    expect(() => manifestsOf(resources)).toThrow(message);
  });
});

describe('pathOf', () => {
  it.each([
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata },
      '/apis/apps/v1/namespaces/shop/deployments/web',
    ],
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, '/api/v1/namespaces/shop'],
  ])('is where the API keeps the object', (manifest, path) => {
    expect(pathOf(manifest)).toBe(path);
  });

  it('refuses a kind that it does not know', () => {
    expect(() => pathOf({ apiVersion: 'v1', kind: 'Pod', metadata })).toThrow('no path is known for Pod');
  });
});
