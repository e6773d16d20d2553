import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { AWSXRayIdGenerator } from '@opentelemetry/id-generator-aws-xray';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { ATTR_DEPLOYMENT_ENVIRONMENT_NAME } from '@opentelemetry/semantic-conventions/incubating';
import type { TelemetryOptions } from '../options';
import { TelemetryError } from '../telemetry-error';

/** Name of the library on its spans. */
const SCOPE = 'rag-monitoring/instrumentation';

/** Milliseconds for a batch of spans, attempts included; the end of a process waits as long where nobody takes them. */
const EXPORT_MS = 5000;

/** Traces of one process. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Whether spans are sent, so that an exemplar leads somewhere. */
  readonly exports: boolean;
  shutdown(): Promise<void>;
}

/** What tracing is told. */
export type TracingOptions = Pick<
  TelemetryOptions,
  'service' | 'version' | 'environment' | 'otlpEndpoint' | 'traceRatio'
>;

/**
 * Starts OpenTelemetry: batches of spans by OTLP over HTTP, W3C headers, and ids that X-Ray takes as well (the first
 * eight digits are the time; X-Ray refuses a trace whose time is not of the last 30 days). Without an endpoint there are
 * ids, so that log lines of one request can be found, and no export.
 *
 * @throws TelemetryError for an endpoint that is no address of HTTP
 */
export function startTracing(options: TracingOptions): Tracing {
  const endpoint = httpAddress(options.otlpEndpoint);
  const exporters =
    endpoint === undefined
      ? []
      : [
          new BatchSpanProcessor(
            new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_MS }),
          ),
        ];
  const provider = new NodeTracerProvider({
    idGenerator: new AWSXRayIdGenerator(),
    // The ratio of TraceIdRatioBasedSampler is of the id's random end, so X-Ray's ids are sampled evenly too.
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.traceRatio ?? 1) }),
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: options.service,
      [ATTR_SERVICE_VERSION]: options.version,
      [ATTR_DEPLOYMENT_ENVIRONMENT_NAME]: options.environment,
    }),
    spanProcessors: exporters,
  });
  provider.register();
  return {
    tracer: provider.getTracer(SCOPE, options.version),
    exports: endpoint !== undefined,
    // A receiver that is away must not keep a process from ending.
    shutdown: () => provider.shutdown().catch(() => undefined),
  };
}

/** Tracing that does nothing. */
export function noTracing(): Tracing {
  return {
    tracer: new NodeTracerProvider({ sampler: new AlwaysOffSampler() }).getTracer(SCOPE),
    exports: false,
    shutdown: () => Promise.resolve(),
  };
}

function httpAddress(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined || /^https?:\/\/[^/]/.test(endpoint)) return endpoint?.replace(/\/+$/, '');
  throw new TelemetryError({
    where: 'otlpEndpoint',
    found: JSON.stringify(endpoint),
    allowed: 'an address of HTTP, without /v1/traces',
    mend: 'Give one such as http://127.0.0.1:4318, or leave it out.',
  });
}
