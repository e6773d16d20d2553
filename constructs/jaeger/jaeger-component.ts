import type { JaegerSettings } from '../../environments/environment';
import type { Component, Connection } from '../kubernetes/component';
import { renderYaml } from '../kubernetes/render-yaml';
import { JAEGER_PORTS, renderJaegerConfig } from './jaeger-config';
import { clusterPorts } from './jaeger-storage';

/** Directory of the configuration in the pod. */
export const JAEGER_CONFIG_DIRECTORY = '/etc/jaeger';

/** What {@link jaegerComponent} is told. */
export interface JaegerOptions {
  readonly namespace: string;
  readonly settings: JaegerSettings;
  /**
   * Place of the settings, for errors.
   * @default 'jaeger'
   */
  readonly where?: string;
}

/** Jaeger as the others see it: spans come by way of the Collector only, and people by port-forward or through Grafana. */
export function jaegerComponent(options: JaegerOptions): Component {
  const { namespace, settings } = options;
  const where = options.where ?? 'jaeger';
  const { storage } = settings;
  return {
    name: 'jaeger',
    namespace,
    ports: [
      { name: 'otlp-grpc', number: JAEGER_PORTS.otlpGrpc },
      { name: 'otlp-http', number: JAEGER_PORTS.otlpHttp },
      { name: 'query', number: JAEGER_PORTS.query },
      { name: 'health', number: JAEGER_PORTS.health },
      { name: 'metrics', number: JAEGER_PORTS.metrics },
    ],
    config: [
      {
        name: 'config',
        mountPath: JAEGER_CONFIG_DIRECTORY,
        files: { 'config.yaml': renderYaml(renderJaegerConfig(settings, where)) },
        reload: 'restart',
      },
    ],
    secrets: 'password' in storage ? [storage.password] : [],
    egress: storageConnections(settings, `${where}.storage`),
    ingress: [],
    metrics: { port: 'metrics' },
  };
}

function storageConnections({ storage }: JaegerSettings, where: string): Connection[] {
  if (!('cidrs' in storage)) return [];
  return [
    {
      peer: { kind: 'cidrs', cidrs: storage.cidrs },
      ports: clusterPorts(storage, where).map((number) => ({ number })),
      why: 'Storage of spans',
    },
  ];
}
