import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Construct } from 'constructs';
import type { GrafanaExposure, GrafanaSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import type { ServiceSettings } from '../kubernetes/component-service';
import { objectLabels } from '../kubernetes/labels';
import type { ContainerSettings, Mount } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { GRAFANA_PORT } from './grafana-component';
import { downloadedPlugins, installCommand, PLUGIN_DIRECTORY, type PluginVersions } from './grafana-plugins';

/** Where Grafana writes; beside the plugins, which a custom image carries. */
const DATA_DIRECTORY = '/var/lib/grafana/data';

/** What a {@link Grafana} is made of. */
export interface GrafanaProps {
  /** From {@link grafanaComponent} over the same settings and plugins. */
  readonly component: Component;
  /** Image without further plugins; settings may name another that carries them. */
  readonly image: string;
  readonly settings: GrafanaSettings;
  readonly plugins: PluginVersions;
  /**
   * Annotations of the ServiceAccount, such as its IAM role.
   * @default {}
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** Grafana: the boards, with nothing in it that is not in a file. */
export class Grafana extends Construct {
  constructor(scope: Construct, id: string, props: GrafanaProps) {
    super(scope, id);
    const { component, settings } = props;
    const volume = settings.storage?.kind === 'volume' ? settings.storage.volume : undefined;
    new Workload(this, 'Workload', {
      component,
      controller: { kind: 'deployment', replicas: settings.replicas ?? 1, volume },
      container: container(props),
      service: service(settings.exposure),
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
    if (settings.exposure.kind === 'ingress') this.addIngress(component, settings.exposure);
  }

  private addIngress(component: Component, exposure: Extract<GrafanaExposure, { kind: 'ingress' }>): void {
    const { name, namespace } = component;
    new IngressV1(this, 'Ingress', {
      metadata: { name, namespace, labels: objectLabels(component) },
      spec: {
        ingressClassName: exposure.ingressClass,
        tls: [{ hosts: [exposure.host], secretName: exposure.tlsSecret }],
        rule: [
          {
            host: exposure.host,
            http: {
              path: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name, port: { number: GRAFANA_PORT } } },
                },
              ],
            },
          },
        ],
      },
    });
  }
}

function container({ component, image, settings, plugins }: GrafanaProps): ContainerSettings {
  const downloads = downloadedPlugins(settings, plugins, component.awsPermissions !== undefined);
  const downloading = Object.keys(downloads).length > 0;
  return {
    image: settings.plugins?.kind === 'image' ? settings.plugins.image : image,
    env: [{ name: 'GF_PATHS_DATA', value: DATA_DIRECTORY }],
    resources: settings.resources,
    // "grafana" of the image.
    user: { uid: 472, gid: 472 },
    probes: {
      // The first start makes the database, which takes a minute on little CPU.
      startup: { path: '/api/health', port: 'http', failureThreshold: 30 },
      readiness: { path: '/api/health', port: 'http' },
      // Says nothing of the database, since a restart would not mend that.
      liveness: { path: '/healthz', port: 'http', failureThreshold: 6 },
    },
    mounts: mounts(settings, downloading),
    prepare: downloading ? { name: 'plugins', command: installCommand(downloads) } : undefined,
  };
}

function mounts(settings: GrafanaSettings, downloading: boolean): Mount[] {
  const data: Mount =
    settings.storage?.kind === 'volume'
      ? { kind: 'volume', path: DATA_DIRECTORY }
      : { kind: 'scratch', name: 'storage', path: DATA_DIRECTORY, sizeLimitMiB: 1024 };
  return [
    data,
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeLimitMiB: 512 },
    ...(downloading
      ? [{ kind: 'scratch' as const, name: 'plugins', path: PLUGIN_DIRECTORY, sizeLimitMiB: 512 }]
      : []),
  ];
}

/**
 * A network load balancer inside the VPC, made by the AWS Load Balancer Controller
 * (kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations).
 */
function service(exposure: GrafanaExposure): ServiceSettings {
  if (exposure.kind !== 'internal-load-balancer') return {};
  return {
    type: 'LoadBalancer',
    annotations: {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    },
    loadBalancerSourceRanges: exposure.sourceRanges,
  };
}
