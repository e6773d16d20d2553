import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { QueryCostPublisher } from './cloudwatch/query-cost';
import type { ErrorReporter } from './errors/error-reporter';
import type { AgentMetrics } from './metrics/agent-metrics';
import type { BusinessMetrics } from './metrics/business-metrics';
import type { RagMetrics } from './metrics/rag-metrics';
import type { UploadMetrics } from './metrics/upload-metrics';
import type { PassScores, ServiceName } from './options';
import type { PriceTable } from './pricing/price-table';

/** What every service has. */
export interface Telemetry {
  readonly service: ServiceName;
  /** False: nothing is measured. */
  readonly enabled: boolean;
  /** Metrics of this process. */
  readonly registry: Registry;
  /** JSON lines with `level`, `time`, `message`, `trace_id`, `span_id`. */
  readonly log: Logger;
  /** The same for the one line of each query, which is written whatever the level where CloudWatch makes a metric of it. */
  readonly queryLog: Logger;
  readonly tracer: Tracer;
  /** Whether spans are sent, so that an exemplar leads somewhere. */
  readonly exportsTraces: boolean;
  readonly prices: PriceTable;
  /** Whether what people ask may be logged and traced. */
  readonly logPromptText: boolean;
  readonly passScores: PassScores;
  readonly queryCost: QueryCostPublisher;
  readonly errors: ErrorReporter;
  /** Sends what is left of traces, costs and errors, and stops. */
  shutdown(): Promise<void>;
}

/** Telemetry of the RAG service. */
export interface RagTelemetry extends Telemetry {
  readonly service: 'rag-api';
  readonly rag: RagMetrics;
}

/** Telemetry of the upload pipeline. */
export interface UploadTelemetry extends Telemetry {
  readonly service: 'upload-pipeline';
  readonly upload: UploadMetrics;
}

/** Telemetry of the agent service, which exposes the metrics of users as well. */
export interface AgentTelemetry extends Telemetry {
  readonly service: 'agent-api';
  readonly agent: AgentMetrics;
  readonly business: BusinessMetrics;
}

/** Telemetry of a service by its name. */
export interface TelemetryOf {
  readonly 'rag-api': RagTelemetry;
  readonly 'upload-pipeline': UploadTelemetry;
  readonly 'agent-api': AgentTelemetry;
}

/** Telemetry of any service; `service` tells which. */
export type ServiceTelemetry = TelemetryOf[ServiceName];
