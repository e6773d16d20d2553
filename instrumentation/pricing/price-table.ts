import type { ModelUsage } from '../outcomes';

/** Prices of one model in US dollars for a million tokens. */
export interface ModelPrice {
  readonly provider: string;
  readonly model: string;
  readonly input: number;
  /**
   * None for a model of embeddings.
   * @default 0
   */
  readonly output?: number;
  /**
   * Read from the provider's prompt cache.
   * @default - the price of input
   */
  readonly cacheRead?: number;
  /**
   * Written to the provider's prompt cache.
   * @default - the price of input
   */
  readonly cacheWrite?: number;
}

/** Prices as they were at a date. */
export interface PriceTable {
  readonly version: string;
  /** When the prices were last changed, as YYYY-MM-DD. */
  readonly changed: string;
  /** Where they are from. */
  readonly source: string;
  readonly prices: readonly ModelPrice[];
  /** What a call cost in US dollars; undefined, never 0, for a model without a price. */
  costOf(usage: ModelUsage): number | undefined;
}
