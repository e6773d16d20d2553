import { Grafana } from '../../../constructs/grafana/grafana';
import {
  grafanaComponent,
  type GrafanaComponentOptions,
} from '../../../constructs/grafana/grafana-component';
import type { GrafanaSettings } from '../../../environments/environment';
import { aStack, resourcesOf } from '../../support/synth';
import { AWS, DATA_SOURCES, INGRESS, PLUGINS, POSTGRES, someOptions } from './options';

interface Container {
  image: string;
  command?: string[];
  env: unknown;
  security_context: Record<string, unknown>;
  volume_mount: { name: string; mount_path: string }[];
  startup_probe: { http_get: { path: string } };
  readiness_probe: { http_get: { path: string } };
  liveness_probe: { http_get: { path: string } };
}

interface Deployment {
  spec: {
    replicas: string;
    strategy: { type: string };
    template: {
      spec: {
        container: [Container];
        init_container?: [Container];
        volume: Record<string, unknown>[];
        security_context: Record<string, unknown>;
      };
    };
  };
}

const VOLUME = {
  kind: 'volume',
  volume: { sizeGiB: 5, storageClass: 'gp3' },
  secretKey: { name: 'grafana-secret-key', key: 'key' },
} as const;

function place(settings: Partial<GrafanaSettings> = {}, overrides: Partial<GrafanaComponentOptions> = {}) {
  const options = someOptions(settings, overrides);
  const stack = aStack();
  new Grafana(stack, 'Grafana', {
    component: grafanaComponent(options),
    image: 'grafana:13',
    settings: options.settings,
    plugins: PLUGINS,
    serviceAccountAnnotations: { role: 'grafana' },
  });
  return stack;
}

function deployment(...args: Parameters<typeof place>): Deployment['spec'] {
  const [found] = resourcesOf(place(...args), 'kubernetes_deployment_v1') as unknown as [Deployment];
  return found.spec;
}

function pod(...args: Parameters<typeof place>) {
  return deployment(...args).template.spec;
}

function service(...args: Parameters<typeof place>) {
  return resourcesOf(place(...args), 'kubernetes_service_v1')[0];
}

function mountPaths(...args: Parameters<typeof place>) {
  return pod(...args).container[0].volume_mount.map(({ mount_path: path }) => path);
}

describe('Grafana', () => {
  it('runs as the user of its image on a root file system that it cannot write', () => {
    expect(pod().security_context).toMatchObject({ run_as_user: '472', run_as_group: '472' });
    expect(pod().container[0].security_context).toMatchObject({ read_only_root_filesystem: true });
    expect(pod().container[0].env).toEqual([{ name: 'GF_PATHS_DATA', value: '/var/lib/grafana/data' }]);
    expect(mountPaths()).toEqual(expect.arrayContaining(['/var/lib/grafana/data', '/tmp']));
  });

  it('waits for its database at the start, and is not restarted for it', () => {
    const [container] = pod().container;

    expect(
      [container.startup_probe, container.readiness_probe, container.liveness_probe].map(
        ({ http_get: get }) => get.path,
      ),
    ).toEqual(['/api/health', '/api/health', '/healthz']);
  });

  it('keeps nothing by default, and replaces its pod without a gap', () => {
    expect(deployment()).toMatchObject({ replicas: '1', strategy: { type: 'RollingUpdate' } });
    expect(pod().volume).toContainEqual({ name: 'storage', empty_dir: { size_limit: '1024Mi' } });
    expect(resourcesOf(place(), 'kubernetes_persistent_volume_claim_v1')).toEqual([]);
  });

  it('keeps its database on a volume by choice, and then stops before it starts anew', () => {
    expect(deployment({ storage: VOLUME }).strategy).toEqual({ type: 'Recreate' });
    expect(resourcesOf(place({ storage: VOLUME }), 'kubernetes_persistent_volume_claim_v1')).toMatchObject([
      { spec: { resources: { requests: { storage: '5Gi' } }, storage_class_name: 'gp3' } },
    ]);
    expect(pod({ storage: VOLUME }).container[0].volume_mount).toContainEqual(
      expect.objectContaining({ name: 'data', mount_path: '/var/lib/grafana/data' }),
    );
  });

  it('runs several times with PostgreSQL', () => {
    const settings = { replicas: 3, storage: POSTGRES };

    expect(deployment(settings).replicas).toBe('3');
    expect(resourcesOf(place(settings), 'kubernetes_pod_disruption_budget_v1')).toHaveLength(1);
    expect(mountPaths(settings)).toContain('/etc/secrets/grafana-db');
  });

  it('fetches the pinned plugins before it starts, X-Ray only where there is AWS', () => {
    const script = (...args: Parameters<typeof place>) => pod(...args).init_container?.[0].command?.[2];
    const aws = { dataSources: { ...DATA_SOURCES, aws: AWS } };

    expect(script()?.split('\n').slice(-1)).toEqual(['install grafana-clock-panel 3.0.0']);
    expect(script({}, aws)).toContain('install grafana-x-ray-datasource 2.0.0\n');
    expect(script()).not.toContain('x-ray');
    expect(mountPaths()).toContain('/var/lib/grafana/plugins');
  });

  it('takes an image that carries the plugins, fetches nothing and hides nothing of it', () => {
    const settings = { plugins: { kind: 'image', image: 'own-grafana:13' } } as const;

    expect(pod(settings).container[0].image).toBe('own-grafana:13');
    expect(pod(settings).init_container).toBeUndefined();
    expect(mountPaths(settings)).not.toContain('/var/lib/grafana/plugins');
    expect(pod().container[0].image).toBe('grafana:13');
  });

  it('is reached inside the cluster only by default', () => {
    expect(service()).toMatchObject({ metadata: { annotations: {} }, spec: { type: 'ClusterIP' } });
    expect(resourcesOf(place(), 'kubernetes_ingress_v1')).toEqual([]);
  });

  it('is reached by a load balancer inside the VPC from the named networks', () => {
    expect(
      service({ exposure: { kind: 'internal-load-balancer', sourceRanges: ['10.9.0.0/16'] } }),
    ).toMatchObject({
      metadata: {
        annotations: {
          'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
          'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
          'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
        },
      },
      spec: { type: 'LoadBalancer', load_balancer_source_ranges: ['10.9.0.0/16'] },
    });
  });

  it('is reached by an Ingress with TLS', () => {
    expect(service({ exposure: INGRESS })).toMatchObject({ spec: { type: 'ClusterIP' } });
    expect(resourcesOf(place({ exposure: INGRESS }), 'kubernetes_ingress_v1')).toMatchObject([
      {
        metadata: { name: 'grafana', namespace: 'monitoring' },
        spec: {
          ingress_class_name: 'nginx',
          tls: [{ hosts: ['grafana.example.org'], secret_name: 'grafana-tls' }],
          rule: [
            {
              host: 'grafana.example.org',
              http: {
                path: [
                  {
                    path: '/',
                    path_type: 'Prefix',
                    backend: { service: { name: 'grafana', port: { number: 3000 } } },
                  },
                ],
              },
            },
          ],
        },
      },
    ]);
  });

  it('puts the annotations of its role on the ServiceAccount', () => {
    expect(resourcesOf(place(), 'kubernetes_service_account_v1')[0]).toMatchObject({
      metadata: { annotations: { role: 'grafana' } },
    });
  });
});
