import type { Span } from '@opentelemetry/api';
import { evaluated } from './evaluated';
import { kindOfError } from './error-kind';
import { countUsage } from './model-usage';
import type { QueryOutcome } from './outcomes';
import { withLedger } from './query-ledger';
import type { QueryLedger } from './query-ledger';
import { stopwatch } from './stopwatch';
import type { RagTelemetry } from './telemetry';
import { withSpan } from './tracing/spans';

/**
 * Runs one query and records its duration, tokens, cost, scores and outcome, in a span and a log line. Cost is that of
 * all calls of the query, failed ones and retries included; a query that fails costs too.
 */
export async function monitoredQuery<T extends QueryOutcome>(
  telemetry: RagTelemetry,
  { domain }: { readonly domain: string },
  run: () => Promise<T>,
): Promise<T> {
  if (!telemetry.enabled) return run();
  return withSpan(telemetry.tracer, { name: 'query', attributes: { 'rag.domain': domain } }, (span) => {
    const query = {
      telemetry,
      domain,
      span,
      ledger: { dollars: 0, tokens: 0, unpricedTokens: 0 },
      seconds: stopwatch(),
    };
    return withLedger(query.ledger, async () => {
      try {
        const outcome = await run();
        for (const usage of outcome.usage) countUsage(telemetry, usage, query.ledger);
        recordScores(telemetry, outcome);
        recordQuery(query, 'success', outcome);
        return outcome;
      } catch (error) {
        recordQuery(query, 'error', { kind: kindOfError(error) });
        throw error;
      }
    });
  });
}

interface RunningQuery {
  readonly telemetry: RagTelemetry;
  readonly domain: string;
  readonly span: Span;
  readonly ledger: QueryLedger;
  readonly seconds: () => number;
}

function recordScores(telemetry: RagTelemetry, outcome: QueryOutcome): void {
  if (outcome.relevance !== undefined) evaluated(telemetry, 'relevance', outcome.relevance);
  if (outcome.contextPrecision !== undefined) {
    evaluated(telemetry, 'context_precision', outcome.contextPrecision);
  }
  if (outcome.groundedness !== undefined) evaluated(telemetry, 'groundedness', outcome.groundedness);
}

/** Counts the query and writes its line: one a query, with its cost, as the log group's metric filter expects. */
function recordQuery(
  { telemetry, domain, span, ledger, seconds }: RunningQuery,
  status: 'success' | 'error',
  { retrievedDocuments, cached, kind }: Partial<QueryOutcome> & { readonly kind?: string },
): void {
  const { rag, queryCost, queryLog } = telemetry;
  const { dollars, tokens, unpricedTokens } = ledger;
  const duration = seconds();
  rag.queries.inc({ status, domain });
  rag.queryDuration.observe({}, duration);
  rag.costPerQuery.observe({}, dollars);
  span.setAttributes({ 'rag.cost_dollars': dollars, 'rag.cached': cached ?? false });
  if (retrievedDocuments !== undefined) span.setAttribute('rag.retrieved_documents', retrievedDocuments);
  const line = {
    ...queryCost.publish({ dollars, domain }),
    domain,
    duration_seconds: duration,
    cost_dollars: dollars,
    tokens,
    ...(unpricedTokens > 0 && { unpriced_tokens: unpricedTokens }),
    ...(retrievedDocuments !== undefined && { retrieved_documents: retrievedDocuments }),
    ...(cached !== undefined && { cached }),
  };
  if (status === 'success') queryLog.info(line, 'query answered');
  else queryLog.error({ ...line, kind }, 'query failed');
}
