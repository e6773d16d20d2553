import type { Component } from '../../../constructs/kubernetes/component';
import { Workload, type WorkloadProps } from '../../../constructs/kubernetes/workload';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf, synthResources } from '../../support/synth';

const CONTAINER: WorkloadProps['container'] = {
  image: 'example:1',
  resources: { cpuMillicores: 10, memoryMiB: 64 },
  user: { uid: 1000, gid: 2000 },
  probes: { liveness: { path: '/healthy', port: 'http' }, readiness: { path: 'tcp', port: 'http' } },
};

function place(component: Partial<Component>, props: Partial<WorkloadProps> = {}) {
  const stack = aStack();
  new Workload(stack, 'Example', {
    component: aComponent(component),
    controller: { kind: 'deployment' },
    container: CONTAINER,
    ...props,
  });
  return stack;
}

function deploymentOf(stack: ReturnType<typeof place>) {
  const [deployment] = resourcesOf(stack, 'kubernetes_deployment_v1') as [
    {
      spec: {
        strategy: unknown;
        replicas: string;
        template: { metadata: object; spec: Record<string, unknown> };
      };
    },
  ];
  return deployment.spec;
}

describe('Workload', () => {
  it('is hardened to the Pod Security level restricted without being asked', () => {
    const pod = deploymentOf(place({})).template.spec;

    expect(pod).toMatchObject({
      automount_service_account_token: false,
      security_context: {
        run_as_non_root: true,
        run_as_user: '1000',
        fs_group: '2000',
        seccomp_profile: { type: 'RuntimeDefault' },
      },
      container: [
        {
          security_context: {
            allow_privilege_escalation: false,
            read_only_root_filesystem: true,
            privileged: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
  });

  it('limits memory to the request and leaves CPU unlimited', () => {
    expect(deploymentOf(place({})).template.spec).toMatchObject({
      container: [{ resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '64Mi' } } }],
    });
  });

  it('mounts a token only where the component has permissions', () => {
    const pod = deploymentOf(place({ permissions: { cluster: [] } })).template.spec;

    expect(pod['automount_service_account_token']).toBe(true);
  });

  it.each([
    ['kubernetes_deployment_v1', { kind: 'deployment' }],
    ['kubernetes_daemon_set_v1', { kind: 'daemon-set' }],
    [
      'kubernetes_stateful_set_v1',
      { kind: 'stateful-set', replicas: 1, volume: { sizeGiB: 1, storageClass: 'gp3' } },
    ],
  ] as const)('is changed after what its pods start on: %s', (type, controller) => {
    const files = { reload: 'restart', files: { 'a.yaml': 'a' } } as const;
    const config = [
      { name: 'first', mountPath: '/etc/example/first', ...files },
      { name: 'second', mountPath: '/etc/example/second', ...files },
    ];
    const resources = synthResources(place({ config }, { controller }));
    const first = ['service_account', 'config_map', 'persistent_volume_claim']
      .map((kind) => `kubernetes_${kind}_v1`)
      .flatMap((before) => Object.keys(resources[before] ?? {}).map((id) => `${before}.${id}`));

    expect(first).toHaveLength(controller.kind === 'stateful-set' ? 4 : 3);
    expect(Object.values(resources[type] ?? {})).toMatchObject([{ depends_on: first }]);
  });

  it('replaces its pods when their AWS role changes, which they are given at their start', () => {
    const template = (serviceAccountAnnotations?: Record<string, string>) =>
      deploymentOf(place({}, { serviceAccountAnnotations })).template.metadata as {
        annotations?: Record<string, string>;
      };
    const first = template({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/a' });
    const second = template({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/b' });

    expect(first.annotations?.['checksum/identity']).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toEqual(first);
    expect(template({}).annotations).toBeUndefined();
    expect(template().annotations).toBeUndefined();
  });

  it('makes the claims of a StatefulSet under the names that it looks for, so that they can grow', () => {
    const volume = { sizeGiB: 20, storageClass: 'gp3' };
    const stack = place({ name: 'store' }, { controller: { kind: 'stateful-set', replicas: 2, volume } });
    const spec = {
      storage_class_name: 'gp3',
      access_modes: ['ReadWriteOnce'],
      resources: { requests: { storage: '20Gi' } },
    };

    expect(resourcesOf(stack, 'kubernetes_persistent_volume_claim_v1')).toMatchObject([
      { metadata: { name: 'data-store-0', namespace: 'monitoring' }, spec, wait_until_bound: false },
      { metadata: { name: 'data-store-1', namespace: 'monitoring' }, spec, wait_until_bound: false },
    ]);
    expect(resourcesOf(stack, 'kubernetes_stateful_set_v1')).toMatchObject([
      {
        lifecycle: { ignore_changes: ['spec[0].volume_claim_template'] },
        spec: { volume_claim_template: [{ metadata: { name: 'data' }, spec }] },
      },
    ]);
  });

  it('lets a claim go only after the pod that uses it, for which it would wait', () => {
    const volume = { sizeGiB: 20, storageClass: 'gp3' };
    const stack = place({}, { controller: { kind: 'deployment', volume } });

    expect(resourcesOf(stack, 'kubernetes_persistent_volume_claim_v1')).toMatchObject([
      { lifecycle: { create_before_destroy: true } },
    ]);
  });

  it('keeps former versions of a StatefulSet to go back to', () => {
    const volume = { sizeGiB: 1, storageClass: 'gp3' };
    const stack = place({}, { controller: { kind: 'stateful-set', replicas: 1, volume } });

    expect(resourcesOf(stack, 'kubernetes_stateful_set_v1')).toMatchObject([
      { spec: { revision_history_limit: 10 } },
    ]);
  });

  it('finds its own pods: Service and controller select labels that the pods carry', () => {
    const stack = place({});
    const { template } = deploymentOf(stack);
    const [service] = resourcesOf(stack, 'kubernetes_service_v1') as [
      { spec: { selector: Record<string, string> } },
    ];

    expect(template.metadata).toMatchObject({ labels: service.spec.selector });
    expect(deploymentOf(stack)).toMatchObject({ selector: { match_labels: service.spec.selector } });
  });

  it('replaces the old pod before the new one when it has a volume, and does not wait for the claim', () => {
    const volume = { sizeGiB: 20, storageClass: 'gp3' };
    const stack = place(
      {},
      {
        controller: { kind: 'deployment', volume },
        container: { ...CONTAINER, mounts: [{ kind: 'volume', path: '/data' }] },
      },
    );

    expect(deploymentOf(stack).strategy).toEqual({ type: 'Recreate' });
    expect(resourcesOf(stack, 'kubernetes_persistent_volume_claim_v1')).toMatchObject([
      {
        wait_until_bound: false,
        spec: {
          access_modes: ['ReadWriteOnce'],
          storage_class_name: 'gp3',
          resources: { requests: { storage: '20Gi' } },
        },
      },
    ]);
  });

  it('rolls the pods on a change of a file that the program reads once, and only then', () => {
    const config = (content: string, reload: 'watched' | 'restart') =>
      deploymentOf(
        place({
          config: [{ name: 'config', mountPath: '/etc/example', files: { 'a.yml': content }, reload }],
        }),
      ).template.metadata;

    expect(config('a', 'watched')).toEqual(config('b', 'watched'));
    expect(config('a', 'restart')).not.toEqual(config('b', 'restart'));
    expect(config('a', 'restart')).toEqual(config('a', 'restart'));
  });

  it('hands text on that Terraform would take for a template', () => {
    const stack = place({
      config: [
        {
          name: 'config',
          mountPath: '/etc/example',
          files: { 'a.json': '${datasource} %{if}' },
          reload: 'watched',
        },
      ],
    });

    expect(resourcesOf(stack, 'kubernetes_config_map_v1')).toMatchObject([
      { metadata: { name: 'example-config' }, data: { 'a.json': '$${datasource} %%{if}' } },
    ]);
  });

  it('mounts each Secret once as files and never as a value', () => {
    const stack = place({
      secrets: [
        { name: 'receivers', key: 'a' },
        { name: 'receivers', key: 'b' },
      ],
    });

    expect(deploymentOf(stack).template.spec).toMatchObject({
      container: [
        {
          volume_mount: [{ name: 'secret-receivers', mount_path: '/etc/secrets/receivers', read_only: true }],
        },
      ],
      volume: [{ name: 'secret-receivers', secret: { secret_name: 'receivers', default_mode: '0440' } }],
    });
  });

  it('spreads several copies and keeps all but one during a drain', () => {
    const stack = place({}, { controller: { kind: 'deployment', replicas: 3 } });

    expect(resourcesOf(stack, 'kubernetes_pod_disruption_budget_v1')).toMatchObject([
      { spec: { max_unavailable: '1' } },
    ]);
    expect(deploymentOf(stack).template.spec).toMatchObject({
      topology_spread_constraint: [{ topology_key: 'kubernetes.io/hostname' }],
    });
  });

  it('has no disruption budget for a single copy, which would block every drain', () => {
    expect(resourcesOf(place({}), 'kubernetes_pod_disruption_budget_v1')).toEqual([]);
  });

  it('runs a daemon set on tainted nodes and never on Fargate', () => {
    const stack = place({}, { controller: { kind: 'daemon-set' } });

    expect(resourcesOf(stack, 'kubernetes_daemon_set_v1')).toMatchObject([
      { spec: { template: { spec: { toleration: [{ operator: 'Exists' }] } } } },
    ]);
    expect(JSON.stringify(resourcesOf(stack, 'kubernetes_daemon_set_v1'))).toContain(
      'eks.amazonaws.com/compute-type',
    );
  });

  it('gives each member of a stateful set a name and a volume of its own', () => {
    const stack = place(
      {},
      {
        controller: { kind: 'stateful-set', replicas: 2, volume: { sizeGiB: 1, storageClass: 'gp3' } },
        container: { ...CONTAINER, mounts: [{ kind: 'volume', path: '/data' }] },
      },
    );
    const [set] = resourcesOf(stack, 'kubernetes_stateful_set_v1');

    expect(set).toMatchObject({
      spec: {
        service_name: 'example-peers',
        replicas: '2',
        volume_claim_template: [{ metadata: { name: 'data' } }],
      },
    });
    expect(resourcesOf(stack, 'kubernetes_service_v1')).toContainEqual(
      expect.objectContaining({
        metadata: expect.objectContaining({ name: 'example-peers' }) as unknown,
        spec: expect.objectContaining({ cluster_ip: 'None', publish_not_ready_addresses: true }) as unknown,
      }),
    );
  });
});
