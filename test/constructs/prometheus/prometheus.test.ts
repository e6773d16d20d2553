import { Prometheus } from '../../../constructs/prometheus/prometheus';
import { prometheusEndpoint } from '../../../constructs/prometheus/prometheus-component';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf } from '../../support/synth';

interface Pod {
  readonly termination_grace_period_seconds: number;
  readonly security_context: Record<string, unknown>;
  readonly container: readonly Record<string, unknown>[];
  readonly volume: readonly Record<string, unknown>[];
}
interface Deployment {
  readonly spec: {
    readonly strategy: unknown;
    readonly replicas: string;
    readonly template: { readonly spec: Pod };
  };
}

describe('Prometheus', () => {
  const stack = aStack();
  new Prometheus(stack, 'Prometheus', {
    component: aComponent({
      ...prometheusEndpoint('monitoring'),
      config: [{ name: 'rules', mountPath: '/etc/prometheus/rules', files: {}, reload: 'watched' }],
    }),
    image: 'quay.io/prometheus/prometheus:v3.14.0',
    settings: {
      volume: { sizeGiB: 20, storageClass: 'gp3' },
      resources: { cpuMillicores: 500, memoryMiB: 2048 },
    },
  });
  const { spec } = resourcesOf(stack, 'kubernetes_deployment_v1')[0] as unknown as Deployment;
  const pod = spec.template.spec;
  const [container] = pod.container;

  it('lets go of its volume before the next one starts', () => {
    expect(spec).toMatchObject({ replicas: '1', strategy: { type: 'Recreate' } });
    expect(container?.['volume_mount']).toContainEqual({
      name: 'data',
      mount_path: '/prometheus',
      read_only: false,
    });
    expect(resourcesOf(stack, 'kubernetes_persistent_volume_claim_v1')[0]).toMatchObject({
      spec: { storage_class_name: 'gp3', resources: { requests: { storage: '20Gi' } } },
    });
  });

  it('starts with the flags that the configuration file has no place for', () => {
    expect(container).toMatchObject({
      image: 'quay.io/prometheus/prometheus:v3.14.0',
      args: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--config.auto-reload',
        '--config.auto-reload-interval=30s',
        '--enable-feature=exemplar-storage',
        '--rules.alert.for-grace-period=30s',
      ],
    });
  });

  it('has fifteen minutes to read its write-ahead log before the liveness probe counts', () => {
    expect(container?.['startup_probe']).toMatchObject({
      http_get: { path: '/-/ready', port: 'http' },
      period_seconds: 15,
      failure_threshold: 60,
    });
    expect(container?.['readiness_probe']).toMatchObject({
      http_get: { path: '/-/ready' },
      period_seconds: 5,
    });
    expect(container?.['liveness_probe']).toMatchObject({
      http_get: { path: '/-/healthy' },
      failure_threshold: 6,
    });
  });

  it('has ten minutes to write its memory to disk', () => {
    expect(pod.termination_grace_period_seconds).toBe(600);
  });

  it('runs as nobody, who owns the volume', () => {
    expect(pod.security_context).toMatchObject({
      run_as_non_root: true,
      run_as_user: '65534',
      run_as_group: '65534',
      fs_group: '65534',
    });
  });

  it('asks for what the environment gives it', () => {
    expect(container?.['resources']).toEqual({
      requests: { cpu: '500m', memory: '2048Mi' },
      limits: { memory: '2048Mi' },
    });
  });
});
