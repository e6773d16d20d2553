import type { ClusterNetwork } from '../../environments/environment';
import { asPeer, portOf, type Component, type Connection, type IamStatement } from '../kubernetes/component';
import { awsEndpoints, internet } from '../kubernetes/peers';
import { renderYaml } from '../kubernetes/render-yaml';
import { COLLECTOR_PORTS, renderCollectorConfig, type CollectorConfigOptions } from './otel-collector-config';
import { vendorSecrets } from './vendor-exporters';

/** Directory of the configuration in the pod. */
export const COLLECTOR_CONFIG_DIRECTORY = '/etc/otel-collector';

/** What {@link otelCollectorComponent} is told. */
export interface OtelCollectorOptions extends CollectorConfigOptions {
  readonly namespace: string;
  /** Namespaces of the application, whose pods send spans. */
  readonly applicationNamespaces: readonly string[];
  readonly network: ClusterNetwork;
}

/** The OpenTelemetry Collector as the others see it. */
export function otelCollectorComponent(options: OtelCollectorOptions): Component {
  const { jaeger, network, xray } = options;
  const vendors = options.settings.vendors ?? {};
  return {
    name: 'otel-collector',
    namespace: options.namespace,
    ports: [
      { name: 'otlp-grpc', number: COLLECTOR_PORTS.otlpGrpc },
      { name: 'otlp-http', number: COLLECTOR_PORTS.otlpHttp },
      { name: 'zipkin', number: COLLECTOR_PORTS.zipkin },
      { name: 'health', number: COLLECTOR_PORTS.health },
      { name: 'metrics', number: COLLECTOR_PORTS.metrics },
    ],
    config: [
      {
        name: 'config',
        mountPath: COLLECTOR_CONFIG_DIRECTORY,
        files: { 'config.yaml': renderYaml(renderCollectorConfig(options)) },
        reload: 'restart',
      },
    ],
    secrets: vendorSecrets(vendors),
    egress: [
      {
        peer: asPeer(jaeger),
        ports: [{ number: portOf(jaeger, 'otlp-grpc').number }],
        why: 'Spans to Jaeger',
      },
      ...(xray ? awsEndpoints(network) : []),
      ...(vendorSecrets(vendors).length > 0 ? [internet(443, 'Spans to vendors')] : []),
    ],
    ingress: [applicationSpans(options.applicationNamespaces)],
    awsPermissions: xray && spanWriting(),
    metrics: { port: 'metrics' },
  };
}

function applicationSpans(namespaces: readonly string[]): Connection {
  const { otlpGrpc, otlpHttp, zipkin } = COLLECTOR_PORTS;
  return {
    peer: { kind: 'pods', namespaces },
    ports: [{ number: otlpGrpc }, { number: otlpHttp }, { number: zipkin }],
    why: 'Spans of the application',
  };
}

/**
 * X-Ray has no resource to scope these to
 * (docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html). The OTLP endpoint asks for PutSpans,
 * and for PutSpansForIndexing where Transaction Search indexes; PutTraceSegments is the action that its guide names.
 */
function spanWriting(): IamStatement[] {
  return [
    {
      sid: 'WriteSpans',
      actions: ['xray:PutSpans', 'xray:PutSpansForIndexing', 'xray:PutTraceSegments'],
      resources: ['*'],
    },
  ];
}
