import { Jaeger } from '../../../constructs/jaeger/jaeger';
import { jaegerComponent } from '../../../constructs/jaeger/jaeger-component';
import type { JaegerSettings } from '../../../environments/environment';
import { aStack, resourcesOf } from '../../support/synth';

const RESOURCES = { cpuMillicores: 100, memoryMiB: 500 };

const IN_MEMORY: JaegerSettings = { storage: { kind: 'memory' }, resources: RESOURCES };

const ON_VOLUME: JaegerSettings = {
  storage: { kind: 'badger', retentionDays: 7, volume: { sizeGiB: 10, storageClass: 'gp3' } },
  resources: RESOURCES,
};

const IN_CLUSTER: JaegerSettings = {
  storage: {
    kind: 'elasticsearch',
    urls: ['https://search.example.org:9200'],
    username: 'jaeger',
    password: { name: 'jaeger-storage', key: 'password' },
    cidrs: ['10.1.0.0/24'],
  },
  resources: RESOURCES,
};

function component(settings: JaegerSettings) {
  return jaegerComponent({ namespace: 'monitoring', settings });
}

function place(settings: JaegerSettings) {
  const stack = aStack();
  new Jaeger(stack, 'Jaeger', {
    component: component(settings),
    image: 'jaeger:2',
    settings,
    serviceAccountAnnotations: { team: 'rag' },
  });
  const [deployment] = resourcesOf(stack, 'kubernetes_deployment_v1') as [
    { spec: { strategy: object; template: { metadata: object; spec: Record<string, unknown> } } },
  ];
  return { stack, spec: deployment.spec };
}

describe('jaegerComponent', () => {
  it('calls nobody and needs no secret while it stores by itself', () => {
    for (const settings of [IN_MEMORY, ON_VOLUME]) {
      expect(component(settings)).toMatchObject({ egress: [], secrets: [], ingress: [] });
    }
  });

  it('reaches the storage at its addresses and ports, with a secret by file', () => {
    const { egress, secrets, config } = component(IN_CLUSTER);

    expect(egress).toMatchObject([
      { peer: { kind: 'cidrs', cidrs: ['10.1.0.0/24'] }, ports: [{ number: 9200 }] },
    ]);
    expect(secrets).toStrictEqual([{ name: 'jaeger-storage', key: 'password' }]);
    expect(config[0]?.files['config.yaml']).toContain('password_file: /etc/secrets/jaeger-storage/password');
  });

  it('has no access to the Kubernetes API nor to AWS', () => {
    expect(component(IN_MEMORY).permissions).toBeUndefined();
    expect(component(IN_MEMORY).awsPermissions).toBeUndefined();
  });

  it('listens for spans, questions, probes and scrapes', () => {
    const { ports, metrics } = component(IN_MEMORY);

    expect(ports).toStrictEqual([
      { name: 'otlp-grpc', number: 4317 },
      { name: 'otlp-http', number: 4318 },
      { name: 'query', number: 16686 },
      { name: 'health', number: 13133 },
      { name: 'metrics', number: 8888 },
    ]);
    expect(metrics).toStrictEqual({ port: 'metrics' });
  });

  it('names the place of a mistake as the environment calls it', () => {
    const settings: JaegerSettings = { ...IN_MEMORY, storage: { kind: 'memory', maxTraces: -1 } };

    expect(() => jaegerComponent({ namespace: 'monitoring', settings, where: 'prod.jaeger' })).toThrow(
      'prod.jaeger.storage.maxTraces: -1',
    );
  });
});

describe('Jaeger', () => {
  it('runs as the numbered user of its image, hardened, with probes on its health port', () => {
    expect(place(IN_MEMORY).spec.template.spec).toMatchObject({
      automount_service_account_token: false,
      security_context: { run_as_user: '10001', fs_group: '10001', run_as_non_root: true },
      container: [
        {
          args: ['--config=/etc/jaeger/config.yaml'],
          env: [
            { name: 'GOMEMLIMIT', value: '400MiB' },
            { name: 'OTEL_TRACES_SAMPLER', value: 'always_off' },
          ],
          startup_probe: { http_get: { path: '/status', port: 'health' } },
          liveness_probe: { http_get: { path: '/status', port: 'health' } },
          readiness_probe: { http_get: { path: '/status', port: 'health' } },
        },
      ],
    });
  });

  it('has a volume with Badger and is replaced, never doubled', () => {
    const { stack, spec } = place(ON_VOLUME);

    expect(spec.strategy).toMatchObject({ type: 'Recreate' });
    expect(spec.template.spec).toMatchObject({
      container: [
        { volume_mount: [{ mount_path: '/etc/jaeger' }, { name: 'data', mount_path: '/var/lib/jaeger' }] },
      ],
    });
    expect(resourcesOf(stack, 'kubernetes_persistent_volume_claim_v1')).toMatchObject([
      {
        spec: { storage_class_name: 'gp3', resources: { requests: { storage: '10Gi' } } },
        wait_until_bound: false,
      },
    ]);
  });

  it.each([IN_MEMORY, IN_CLUSTER])('has no volume otherwise', (settings) => {
    const { stack, spec } = place(settings);

    expect(spec.strategy).toMatchObject({ type: 'RollingUpdate' });
    expect(resourcesOf(stack, 'kubernetes_persistent_volume_claim_v1')).toStrictEqual([]);
  });

  it('is replaced when its configuration changes', () => {
    expect(place(IN_MEMORY).spec.template.metadata).toHaveProperty(['annotations', 'checksum/config']);
  });

  it('carries the annotations of its ServiceAccount', () => {
    expect(resourcesOf(place(IN_MEMORY).stack, 'kubernetes_service_account_v1')).toMatchObject([
      { metadata: { annotations: { team: 'rag' } } },
    ]);
  });
});
