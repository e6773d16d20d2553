import type { PriceList } from './pricing/price-list';

/** Services that the contract in `metrics/` knows; each exposes metrics of its own. */
export type ServiceName = 'rag-api' | 'upload-pipeline' | 'agent-api';

/** A model that the service may call. */
export interface KnownModel {
  /** Such as `anthropic` or `aws.bedrock`. */
  readonly provider: string;
  readonly model: string;
  /**
   * What it is called for; an embedding model costs under `service="embeddings"`.
   * @default 'chat'
   */
  readonly operation?: ModelOperation;
}

/** Operations of a model, as OpenTelemetry's GenAI conventions name them. */
export type ModelOperation = 'chat' | 'embeddings';

/**
 * Values of labels that the application knows and the contract does not. Their counters start at 0, so that a ratio or
 * an increase is right from the first event on.
 */
export interface KnownValues {
  /**
   * Subject areas of queries.
   * @default ['default']
   */
  readonly domains?: readonly string[];
  /**
   * Models that may be called.
   * @default - none
   */
  readonly models?: readonly KnownModel[];
  /**
   * Vector indexes.
   * @default - none
   */
  readonly indexes?: readonly string[];
  /**
   * Queues of jobs.
   * @default - none
   */
  readonly queues?: readonly string[];
  /**
   * Workflows of the agent.
   * @default - none
   */
  readonly workflows?: readonly string[];
  /**
   * Plans that users register for.
   * @default - none
   */
  readonly plans?: readonly string[];
}

/** Where the cost of queries goes besides Prometheus: CloudWatch's metric `QueryCost`, without dimensions and by `Domain`. */
export type QueryCostOptions =
  | { readonly kind: 'off' }
  | {
      /** In the query's log line, in embedded metric format; CloudWatch Logs makes the metric of it. */
      readonly kind: 'emf';
      /**
       * Namespace of the metric: each environment of an account has its own.
       * @default 'RAG/Application'
       */
      readonly namespace?: string;
    }
  | {
      /** By CloudWatch's API, once a minute. */
      readonly kind: 'put-metric-data';
      readonly region: string;
      /**
       * Address of the API.
       * @default - AWS
       */
      readonly endpoint?: string;
      /**
       * Namespace of the metric: each environment of an account has its own.
       * @default 'RAG/Application'
       */
      readonly namespace?: string;
    };

/** Scores from which an evaluator's verdict is `pass`. */
export interface PassScores {
  readonly relevance: number;
  readonly context_precision: number;
  readonly groundedness: number;
}

/** What the telemetry of one process is told at its start. */
export interface TelemetryOptions {
  readonly service: ServiceName;
  /** Version of the service, as `rag_build_info` and traces tell it. */
  readonly version: string;
  /** Name of the environment, such as `prod`. */
  readonly environment: string;
  /**
   * Model that the service answers with, for `rag_build_info`.
   * @default 'none'
   */
  readonly model?: string;
  /**
   * Version of the prompt, for `rag_build_info`.
   * @default 'none'
   */
  readonly promptVersion?: string;
  /**
   * Values of labels whose counters start at 0.
   * @default - the domain `default`
   */
  readonly known?: KnownValues;
  /**
   * Address of OTLP over HTTP, such as `http://127.0.0.1:4318`.
   * @default - no traces leave, and metrics have no exemplars
   */
  readonly otlpEndpoint?: string;
  /**
   * Share of the traces that begin here and are kept, 0 to 1. A trace that a caller began is kept if the caller keeps it.
   * @default 1
   */
  readonly traceRatio?: number;
  /**
   * Least severe level that is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.
   * @default 'info'
   */
  readonly logLevel?: string;
  /**
   * Whether logs and spans may hold what people asked and what models answered.
   * @default false
   */
  readonly logPromptText?: boolean;
  /**
   * Sentry's DSN.
   * @default - Sentry is not loaded
   */
  readonly sentryDsn?: string;
  /**
   * Where the cost of queries goes besides Prometheus.
   * @default - nowhere
   */
  readonly queryCost?: QueryCostOptions;
  /**
   * Prices of models, by which tokens become cost.
   * @default - those of the library, which a team should look through each quarter
   */
  readonly prices?: PriceList;
  /**
   * Scores from which a verdict is `pass`.
   * @default { relevance: 0.7, context_precision: 0.6, groundedness: 0.7 }
   */
  readonly passScores?: Partial<PassScores>;
  /**
   * Whether anything is measured; false makes every call do nothing, to measure what the rest costs.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Where log lines go.
   * @default - standard output
   */
  readonly destination?: { write(line: string): void };
}
