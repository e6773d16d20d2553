import type { CallOutcome } from './metrics/label-values';
import type { ModelOperation } from './options';

/** Tokens of one call to a model. Each is counted once: input is without those of the provider's prompt cache. */
export interface ModelUsage {
  readonly provider: string;
  /** The model that answered, which may be another than the one asked. */
  readonly model: string;
  /**
   * What it was called for.
   * @default 'chat'
   */
  readonly operation?: ModelOperation;
  readonly inputTokens: number;
  /**
   * Those of reasoning included.
   * @default 0
   */
  readonly outputTokens?: number;
  /**
   * Read from the provider's prompt cache.
   * @default 0
   */
  readonly cacheReadTokens?: number;
  /**
   * Written to the provider's prompt cache.
   * @default 0
   */
  readonly cacheWriteTokens?: number;
  /**
   * Those of `cacheWriteTokens` that the cache keeps for an hour, as Anthropic's may for a higher price.
   * @default 0
   */
  readonly cacheWriteHourTokens?: number;
}

/** What a query tells of itself when it is answered. */
export interface QueryOutcome {
  /**
   * Calls that the query made. A usage that {@link modelCall} returned may be among them: the same object counts once.
   */
  readonly usage: readonly ModelUsage[];
  /**
   * Scores of evaluators, 0 to 1, where the answer was evaluated at once.
   * @default - not evaluated
   */
  readonly relevance?: number;
  /** @default - not evaluated */
  readonly contextPrecision?: number;
  /** @default - not evaluated */
  readonly groundedness?: number;
  /**
   * Documents that the model was given.
   * @default - not told
   */
  readonly retrievedDocuments?: number;
  /**
   * Whether a cache had the answer.
   * @default false
   */
  readonly cached?: boolean;
}

/** What an error of a model's provider tells: throw one with `outcome` where a call was not just an error. */
export interface FailedCall {
  readonly outcome: Exclude<CallOutcome, 'success'>;
  /**
   * Tokens that are billed although the call failed.
   * @default - none
   */
  readonly usage?: ModelUsage;
}

/** What one search in the vector store found. */
export interface SearchResult {
  /** Similarities, 0 to 1, of the documents above the cut-off; none: the search was empty. */
  readonly scores: readonly number[];
}
