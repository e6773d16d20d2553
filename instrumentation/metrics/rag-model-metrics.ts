import { BUCKETS } from './buckets';
import { CALL_OUTCOMES, TOKEN_TYPES } from './label-values';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';
import type { StartingLabels } from './starting-labels';

/** Calls to language models. */
export function ragModelMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    llmRequests: make.counter(
      'rag_llm_requests_total',
      'Calls to a language model, by outcome. Retries count each time.',
      { provider: bounded(10), model: bounded(20), outcome: CALL_OUTCOMES },
      { start: start.chatModels },
    ),
    llmDuration: make.histogram(
      'rag_llm_duration_seconds',
      'Time of one call to a language model.',
      { provider: bounded(10), model: bounded(20) },
      { buckets: BUCKETS.latency, start: start.chatModels },
    ),
    llmTimeToFirstToken: make.histogram(
      'rag_llm_time_to_first_token_seconds',
      'Time from a streaming call to a language model to the first piece of its answer.',
      { provider: bounded(10), model: bounded(20) },
      { buckets: BUCKETS.latency, start: start.chatModels },
    ),
    llmTokens: make.counter(
      'rag_llm_tokens_total',
      "Tokens that language models read and wrote. Each is counted once: input is without the tokens read from or written to the provider's prompt cache, output is with those of reasoning.",
      { model: bounded(20), type: TOKEN_TYPES },
      { start: start.chatModelNames },
    ),
    llmFallbacks: make.counter(
      'rag_llm_fallbacks_total',
      'Calls that were made to another model because the first one failed or refused.',
      { from_model: bounded(20), to_model: bounded(20) },
      { start: 'absent' },
    ),
    llmRateLimitRemainingRequests: make.gauge(
      'rag_llm_rate_limit_remaining_requests',
      'Requests that the provider still allows in its current window, as its last answer said.',
      { provider: bounded(10), model: bounded(20) },
      { start: 'absent' },
    ),
  };
}

/** What it costs. */
export function ragCostMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    cost: make.counter(
      'rag_cost_dollars_total',
      'Cost in US dollars, by service and by the model that caused it.',
      { service: ['llm', 'embeddings', 'storage'], model: bounded(21) },
      { start: start.costs },
    ),
    costPerQuery: make.histogram(
      'rag_cost_per_query_dollars',
      'Cost of one query in US dollars, embedding, generation and retries included.',
      {},
      { buckets: BUCKETS.dollars },
    ),
    costPriceTableTimestamp: make.gauge(
      'rag_cost_price_table_timestamp_seconds',
      'When the table of model prices was last changed, as Unix time.',
      {},
      { start: 'absent' },
    ),
    costUnpricedTokens: make.counter(
      'rag_cost_unpriced_tokens_total',
      'Tokens of a model that the price table lacks. They are in no cost, so any increase makes cost too low.',
      { model: bounded(20) },
      { start: 'absent' },
    ),
  };
}
