/** Prices in US dollars for a million tokens. */
export interface TokenPrices {
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
  /**
   * Written to be kept for an hour, where that has a price of its own.
   * @default - that of `cacheWrite`
   */
  readonly cacheWriteHour?: number;
}

/** What one model costs. */
export interface ModelPrice extends TokenPrices {
  readonly provider: string;
  readonly model: string;
  /**
   * Prices of a call whose prompt, cached part included, has more than `above` tokens. They hold for the whole call.
   * @default - no such tier
   */
  readonly longPrompt?: TokenPrices & { readonly above: number };
  /**
   * Where the price is from.
   * @default - the list's own
   */
  readonly source?: string;
}

/** Prices as they were at a date. */
export interface PriceList {
  readonly version: string;
  /** When the list was last changed or looked through, as YYYY-MM-DD. */
  readonly changed: string;
  /** Where the prices are from. */
  readonly source: string;
  readonly prices: readonly ModelPrice[];
}
