import type { Attributes } from '@opentelemetry/api';
import type { FastifyPluginAsync } from 'fastify';
import type { Evaluator, QueryStage } from './metrics/label-values';
import type { ModelOperation, ServiceName, TelemetryOptions } from './options';
import type { ModelUsage, QueryOutcome, SearchResult } from './outcomes';
import type { AgentTelemetry, RagTelemetry, ServiceTelemetry, TelemetryOf } from './telemetry';

export type * from './options';
export type * from './outcomes';
export type * from './telemetry';

/** Starts metrics, traces, logs and reports of errors of one process. */
export declare function startTelemetry<S extends ServiceName>(
  options: TelemetryOptions & { readonly service: S },
): TelemetryOf[S];

/**
 * Fastify plugin: counts and times requests by route, begins a span with the caller's trace as parent, reports errors,
 * and serves /metrics. /healthz, /readyz and /metrics are not counted.
 */
export declare const httpTelemetry: FastifyPluginAsync<{ readonly telemetry: ServiceTelemetry }>;

/** Runs one query and records its duration, tokens, cost, scores and outcome, in a span and a log line. */
export declare function monitoredQuery<T extends QueryOutcome>(
  telemetry: RagTelemetry,
  query: { readonly domain: string },
  run: () => Promise<T>,
): Promise<T>;

/** Runs one stage of a query, timed, in a span. */
export declare function stage<T>(
  telemetry: RagTelemetry,
  name: QueryStage,
  attributes: Attributes,
  run: () => Promise<T>,
): Promise<T>;

/** Runs one search in the vector store: its time, result, best score and number of documents. */
export declare function vectorSearch<T extends SearchResult>(
  telemetry: RagTelemetry,
  search: { readonly index: string },
  run: () => Promise<T>,
): Promise<T>;

/**
 * Runs one call to a model: outcome, time, time to the first token, tokens, cost, and a span by the GenAI conventions.
 * An error's `outcome` (`timeout`, `rate_limited`, `error`) is the call's.
 */
export declare function modelCall<T extends { readonly usage: ModelUsage }>(
  telemetry: RagTelemetry | AgentTelemetry,
  call: { readonly provider: string; readonly model: string; readonly operation?: ModelOperation },
  run: (firstToken: () => void) => Promise<T>,
): Promise<T>;

/** Records an evaluator's score of an answer, 0 to 1, and the verdict that follows from it. */
export declare function evaluated(telemetry: RagTelemetry, evaluator: Evaluator, score: number): void;

/** Runs anything else in a span of its own. */
export declare function inSpan<T>(
  telemetry: ServiceTelemetry,
  name: string,
  attributes: Attributes,
  run: () => Promise<T>,
): Promise<T>;

/** Headers that carry the trace to the service that is called next. */
export declare function traceHeaders(): Record<string, string>;

/** Follows a pool of database connections. */
export declare function databasePool(
  telemetry: RagTelemetry,
  pool: { readonly max: number; readonly active: () => number; readonly idle: () => number },
): void;
