import type { ModelUsage } from './outcomes';
import { tokensOf } from './pricing/price-table';
import { currentLedger } from './query-ledger';
import type { QueryLedger } from './query-ledger';
import type { RagTelemetry } from './telemetry';

/** Usages that are counted already: a call may be told by itself and by its query. */
const counted = new WeakSet<ModelUsage>();

/** Whether a call has tokens that can be counted. What a provider answers is known at run time only, whatever types say. */
export function hasTokens(usage: ModelUsage | undefined): boolean {
  if (usage === undefined) return false;
  const { inputTokens, outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  const { cacheWriteHourTokens = 0 } = usage;
  const writtenForLess = cacheWriteTokens - cacheWriteHourTokens;
  return [inputTokens, outputTokens, cacheReadTokens, cacheWriteHourTokens, writtenForLess].every(
    (tokens) => Number.isFinite(tokens) && tokens >= 0,
  );
}

/**
 * Counts the tokens and the cost of a call, once, and adds them to the query that it belongs to. Tokens of a model
 * without a price are counted apart: a cost of 0 would look like a cheap model.
 */
export function countUsage(
  { rag, prices, log }: Pick<RagTelemetry, 'rag' | 'prices' | 'log'>,
  usage: ModelUsage | undefined,
  ledger: QueryLedger | undefined = currentLedger(),
): void {
  if (usage === undefined || !hasTokens(usage)) {
    log.error(
      { provider: usage?.provider, model: usage?.model },
      'a call without a number of tokens is in no cost',
    );
    return;
  }
  if (counted.has(usage)) return;
  counted.add(usage);
  const { model, operation = 'chat' } = usage;
  const tokens = tokensOf(usage);
  if (operation === 'chat') countTokens(rag, usage);
  const dollars = prices.costOf(usage);
  if (ledger !== undefined) {
    ledger.tokens += tokens;
    ledger.dollars += dollars ?? 0;
    ledger.unpricedTokens += dollars === undefined ? tokens : 0;
  }
  if (dollars !== undefined) {
    rag.cost.inc({ service: operation === 'chat' ? 'llm' : 'embeddings', model }, dollars);
    return;
  }
  rag.costUnpricedTokens.inc({ model }, tokens);
  log.error({ provider: usage.provider, model, tokens }, 'the price table lacks this model');
}

function countTokens(rag: RagTelemetry['rag'], usage: ModelUsage): void {
  const { model } = usage;
  rag.llmTokens.inc({ model, type: 'input' }, usage.inputTokens);
  rag.llmTokens.inc({ model, type: 'output' }, usage.outputTokens ?? 0);
  rag.llmTokens.inc({ model, type: 'cache_read' }, usage.cacheReadTokens ?? 0);
  rag.llmTokens.inc({ model, type: 'cache_write' }, usage.cacheWriteTokens ?? 0);
}
