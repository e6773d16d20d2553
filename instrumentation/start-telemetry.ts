import { collectDefaultMetrics, Registry } from 'prom-client';
import { NO_QUERY_COST, queryCostPublisher } from './cloudwatch/query-cost';
import { errorReporter, NO_ERRORS } from './errors/error-reporter';
import { startLogging } from './logging/logging';
import { agentMetrics } from './metrics/agent-metrics';
import { businessMetrics } from './metrics/business-metrics';
import type { MetricMaker } from './metrics/metric-maker';
import { NO_METRICS } from './metrics/no-metrics';
import { prometheusMetrics } from './metrics/prometheus-metrics';
import { ragMetrics } from './metrics/rag-metrics';
import { startingLabels } from './metrics/starting-labels';
import type { StartingLabels } from './metrics/starting-labels';
import { uploadMetrics } from './metrics/upload-metrics';
import type { PassScores, ServiceName, TelemetryOptions } from './options';
import { priceTable } from './pricing/price-table';
import type { Telemetry, TelemetryOf } from './telemetry';
import { activeTrace } from './tracing/active-trace';
import { noTracing, startTracing } from './tracing/tracing';

/** Scores from which a verdict is `pass`, where nothing else is told. */
export const PASS_SCORES: PassScores = { relevance: 0.7, context_precision: 0.6, groundedness: 0.7 };

/**
 * Starts metrics, traces, logs and reports of errors of one process.
 *
 * @throws TelemetryError for a setting that it cannot work with
 */
export function startTelemetry<S extends ServiceName>(
  options: TelemetryOptions & { readonly service: S },
): TelemetryOf[S] {
  const common = commonTelemetry(options);
  const { make, telemetry } = common;
  const start = startingLabels(options.known);
  return { ...telemetry, ...SERVICES[options.service](make, start, options, telemetry) } as TelemetryOf[S];
}

type ServiceMetrics = (
  make: MetricMaker,
  start: StartingLabels,
  options: TelemetryOptions,
  telemetry: Telemetry,
) => object;

/** What each service has besides. */
const SERVICES: Readonly<Record<ServiceName, ServiceMetrics>> = {
  'rag-api': (make, start, { version, model = 'none', promptVersion = 'none', known }, { prices, log }) => {
    const rag = ragMetrics(make, start);
    for (const { provider, model: name } of known?.models ?? []) {
      if (prices.costOf({ provider, model: name, inputTokens: 0 }) !== undefined) continue;
      // A counter that begins with its first event hides that event from every rate and increase.
      rag.costUnpricedTokens.inc({ model: name }, 0);
      log.error({ provider, model: name }, 'the price table lacks this model');
    }
    rag.buildInfo.set({ version, model, prompt_version: promptVersion }, 1);
    rag.costPriceTableTimestamp.set({}, prices.changedAt);
    return { rag };
  },
  'upload-pipeline': (make, start) => ({ upload: uploadMetrics(make, start) }),
  'agent-api': (make, start) => ({
    agent: agentMetrics(make, start),
    business: businessMetrics(make, start),
  }),
};

function commonTelemetry(options: TelemetryOptions): { make: MetricMaker; telemetry: Telemetry } {
  const enabled = options.enabled ?? true;
  const log = startLogging(enabled ? options : { ...options, logLevel: 'silent' });
  const tracing = enabled ? startTracing(options) : noTracing();
  const registry = new Registry();
  if (enabled) collectDefaultMetrics({ register: registry });
  const { queryCost = { kind: 'off' } } = options;
  const costs = enabled ? queryCostPublisher(queryCost, log, options.known?.domains) : NO_QUERY_COST;
  const errors = enabled ? errorReporter(options) : NO_ERRORS;
  const exemplar = () => {
    const active = activeTrace();
    return tracing.exports && active?.sampled === true ? active.traceId : undefined;
  };
  const refused = (metric: string, value: number) => {
    log.warn({ metric, value: String(value) }, 'a value that is no number is not counted');
  };
  return {
    make: enabled ? prometheusMetrics(registry, { traceId: exemplar, refused }) : NO_METRICS,
    telemetry: {
      service: options.service,
      enabled,
      registry,
      log,
      queryLog: enabled && queryCost.kind === 'emf' ? log.child({}, { level: 'info' }) : log,
      tracer: tracing.tracer,
      exportsTraces: tracing.exports,
      prices: priceTable(options.prices),
      logPromptText: options.logPromptText ?? false,
      passScores: { ...PASS_SCORES, ...options.passScores },
      queryCost: costs,
      errors,
      shutdown: async () => {
        await Promise.all([tracing.shutdown(), costs.close(), errors.close()]);
        log.flush();
      },
    },
  };
}
