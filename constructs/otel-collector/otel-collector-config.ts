import type { CollectorSettings } from '../../environments/environment';
import { addressOf, type Component } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';
import { otelTelemetry } from '../kubernetes/otel-telemetry';
import { CONTENT_ATTRIBUTES, SECRET_ATTRIBUTES, SENSITIVE_VALUES } from './redaction-patterns';
import { vendorExporters } from './vendor-exporters';

/** Ports of the Collector. */
export const COLLECTOR_PORTS = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  zipkin: 9411,
  health: 13133,
  metrics: 8888,
} as const;

/** X-Ray in one region. */
export interface XrayEndpoint {
  readonly region: string;
  /**
   * Domain of the partition's endpoints.
   * @default 'amazonaws.com'
   */
  readonly dnsSuffix?: string;
}

/** What the configuration of the Collector is made of. */
export interface CollectorConfigOptions {
  readonly settings: CollectorSettings;
  /** Jaeger, which has a port named `otlp-grpc`. */
  readonly jaeger: Component;
  /**
   * Also send to X-Ray.
   * @default - no AWS
   */
  readonly xray?: XrayEndpoint;
  /**
   * Place of the settings, for errors.
   * @default 'collector'
   */
  readonly where?: string;
}

/**
 * config.yaml of the Collector as an object: spans by OTLP and Zipkin in; what people asked, credentials and addresses
 * out; then to Jaeger, X-Ray and the vendors. Field names: opentelemetry-collector-contrib 0.158.
 *
 * @throws ConfigError if there is too little memory, no replica, or a vendor's address is not one
 */
export function renderCollectorConfig(options: CollectorConfigOptions): object {
  const { settings, xray } = options;
  const where = options.where ?? 'collector';
  const memoryMiB = memoryLimitMiB(settings);
  check(settings, memoryMiB, where);
  const exporters = {
    'otlp_grpc/jaeger': {
      endpoint: addressOf(options.jaeger, 'otlp-grpc'),
      // Inside the cluster, between two pods that network policies let talk.
      tls: { insecure: true },
      ...delivery(),
    },
    ...(xray && { 'otlp_http/xray': xrayExporter(xray) }),
    ...vendorExporters(settings.vendors ?? {}, delivery(), `${where}.vendors`),
  };
  return {
    extensions: {
      health_check: { endpoint: listen(COLLECTOR_PORTS.health) },
      ...(xray && { sigv4auth: { region: xray.region, service: 'xray' } }),
    },
    receivers: receivers(),
    processors: processors(memoryMiB),
    exporters,
    service: {
      extensions: ['health_check', ...(xray ? ['sigv4auth'] : [])],
      pipelines: {
        traces: {
          receivers: ['otlp', 'zipkin'],
          processors: ['memory_limiter', 'redaction', 'transform/redaction', 'batch'],
          exporters: Object.keys(exporters),
        },
      },
      telemetry: otelTelemetry(COLLECTOR_PORTS.metrics),
    },
  };
}

/** Memory that the Collector may use at most. */
export function memoryLimitMiB(settings: CollectorSettings): number {
  return settings.resources.memoryLimitMiB ?? settings.resources.memoryMiB;
}

function check(settings: CollectorSettings, memoryMiB: number, where: string): void {
  if (memoryMiB < 128) {
    throw new ConfigError({
      where: `${where}.resources.memoryMiB`,
      found: `a memory limit of ${String(memoryMiB)} MiB`,
      allowed: '128 or more',
      mend: 'raise it: below that the memory limiter refuses every span',
    });
  }
  if (!Number.isInteger(settings.replicas) || settings.replicas < 1) {
    throw new ConfigError({
      where: `${where}.replicas`,
      found: String(settings.replicas),
      allowed: 'a whole number from 1',
      mend: 'give the number of Collectors, such as 2',
    });
  }
}

/** All addresses: the pods of the application call from other nodes. */
function listen(port: number): string {
  return `0.0.0.0:${String(port)}`;
}

function receivers(): object {
  return {
    otlp: {
      protocols: {
        grpc: { endpoint: listen(COLLECTOR_PORTS.otlpGrpc) },
        http: { endpoint: listen(COLLECTOR_PORTS.otlpHttp) },
      },
    },
    zipkin: { endpoint: listen(COLLECTOR_PORTS.zipkin) },
  };
}

function processors(memoryMiB: number): object {
  return {
    // First, so that a sender is told to wait before anything is spent on its data.
    memory_limiter: {
      check_interval: '1s',
      limit_mib: Math.floor(memoryMiB * 0.8),
      spike_limit_mib: Math.floor(memoryMiB * 0.2),
    },
    redaction: {
      allow_all_keys: true,
      blocked_key_patterns: [...CONTENT_ATTRIBUTES, ...SECRET_ATTRIBUTES],
      blocked_values: SENSITIVE_VALUES,
      // Lists and maps as well: messages are lists of maps.
      redact_all_types: true,
      summary: 'silent',
    },
    // The redaction processor reads attributes only; errors are told in the status message, addresses in names. Neither
    // processor reaches the attributes of a span's links.
    'transform/redaction': {
      error_mode: 'ignore',
      trace_statements: ['span.status.message', 'span.name', 'spanevent.name'].flatMap((field) =>
        SENSITIVE_VALUES.map((pattern) => `replace_pattern(${field}, ${JSON.stringify(pattern)}, "****")`),
      ),
    },
    batch: { timeout: '2s', send_batch_size: 512, send_batch_max_size: 1024 },
  };
}

/** Batches wait in memory while a receiver is away, for five minutes or a hundred batches, whichever ends first. */
function delivery() {
  return {
    sending_queue: { enabled: true, num_consumers: 4, queue_size: 100 },
    retry_on_failure: {
      enabled: true,
      initial_interval: '5s',
      max_interval: '30s',
      max_elapsed_time: '300s',
    },
  };
}

/**
 * X-Ray's OTLP endpoint, which takes HTTP with a signature only
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html). Transaction Search must be on.
 */
function xrayExporter(xray: XrayEndpoint): object {
  return {
    traces_endpoint: `https://xray.${xray.region}.${xray.dnsSuffix ?? 'amazonaws.com'}/v1/traces`,
    compression: 'gzip',
    auth: { authenticator: 'sigv4auth' },
    ...delivery(),
  };
}
