import type { JaegerSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import { otelTelemetry } from '../kubernetes/otel-telemetry';
import { jaegerBackend } from './jaeger-storage';

/** Ports of Jaeger. */
export const JAEGER_PORTS = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  /** User interface and query API. */
  query: 16686,
  health: 13133,
  metrics: 8888,
} as const;

/** Name by which the parts of the configuration speak of the storage. */
const STORE = 'spans';

/**
 * config.yaml of Jaeger v2, which is an OpenTelemetry Collector with Jaeger's storage and query in it. Field names:
 * cmd/jaeger of github.com/jaegertracing/jaeger, read for 2.13 and 2.20.
 *
 * @throws ConfigError if a number or URL of the storage is not one, or there is too little memory
 */
export function renderJaegerConfig(settings: JaegerSettings, where = 'jaeger'): object {
  const memoryMiB = memoryLimitMiB(settings);
  if (memoryMiB < 128) {
    throw new ConfigError({
      where: `${where}.resources.memoryMiB`,
      found: `a memory limit of ${String(memoryMiB)} MiB`,
      allowed: '128 or more',
      mend: 'raise it: below that the memory limiter refuses every span',
    });
  }
  return {
    extensions: extensions(settings, where),
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: listen(JAEGER_PORTS.otlpGrpc) },
          http: { endpoint: listen(JAEGER_PORTS.otlpHttp) },
        },
      },
    },
    processors: {
      memory_limiter: {
        check_interval: '1s',
        limit_mib: Math.floor(memoryMiB * 0.8),
        spike_limit_mib: Math.floor(memoryMiB * 0.2),
      },
      batch: {},
    },
    exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
    service: service(),
  };
}

/** Memory that Jaeger may use at most. */
export function memoryLimitMiB(settings: JaegerSettings): number {
  return settings.resources.memoryLimitMiB ?? settings.resources.memoryMiB;
}

function listen(port: number): string {
  return `0.0.0.0:${String(port)}`;
}

function extensions(settings: JaegerSettings, where: string): object {
  return {
    healthcheckv2: { use_v2: true, http: { endpoint: listen(JAEGER_PORTS.health) } },
    jaeger_storage: { backends: { [STORE]: jaegerBackend(settings.storage, `${where}.storage`) } },
    jaeger_query: {
      storage: { traces: STORE },
      // By default each question becomes a trace of its own among the application's.
      enable_tracing: false,
      http: { endpoint: listen(JAEGER_PORTS.query) },
      // Nobody asks by gRPC; it cannot be turned off.
      grpc: { endpoint: 'localhost:16685' },
    },
  };
}

function service(): object {
  return {
    extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'batch'],
        exporters: ['jaeger_storage_exporter'],
      },
    },
    telemetry: {
      resource: { 'service.name': 'jaeger' },
      ...otelTelemetry(JAEGER_PORTS.metrics),
    },
  };
}
