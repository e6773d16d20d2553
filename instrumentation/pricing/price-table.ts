import type { ModelUsage } from '../outcomes';
import { TelemetryError } from '../telemetry-error';
import type { ModelPrice, PriceList, TokenPrices } from './price-list';
import builtIn from './prices.json';

const MILLION = 1e6;

/** Answers what a call cost. */
export interface PriceTable {
  readonly version: string;
  /** When the prices were last changed, as Unix time in seconds. */
  readonly changedAt: number;
  /** What a call cost in US dollars; undefined, never 0, for a model without a price. */
  costOf(usage: ModelUsage): number | undefined;
}

/** The prices that come with the library. */
export const BUILT_IN_PRICES: PriceList = builtIn;

/**
 * Makes a table of a list of prices.
 *
 * @throws TelemetryError for a date that is none, a price below 0, or two prices of one model
 */
export function priceTable(list: PriceList = BUILT_IN_PRICES): PriceTable {
  const changedAt = Date.parse(`${list.changed}T00:00:00Z`) / 1000;
  if (Number.isNaN(changedAt)) {
    throw fault(
      'changed',
      JSON.stringify(list.changed),
      'a date such as 2026-11-22',
      'Say when prices last changed.',
    );
  }
  const byModel = new Map<string, ModelPrice>();
  for (const price of list.prices) {
    const key = keyOf(price);
    if (byModel.has(key)) throw fault(key, 'two prices', 'one price a model', 'Remove the older one.');
    checkPrices(key, price);
    if (price.longPrompt !== undefined) checkPrices(`${key}.longPrompt`, price.longPrompt);
    byModel.set(key, price);
  }
  return {
    version: list.version,
    changedAt,
    costOf: (usage) => {
      const price = byModel.get(keyOf(usage));
      return price === undefined ? undefined : costAt(price, usage);
    },
  };
}

/** All tokens of a call. */
export function tokensOf(usage: ModelUsage): number {
  return promptTokens(usage) + (usage.outputTokens ?? 0);
}

function costAt(price: ModelPrice, usage: ModelUsage): number {
  const { longPrompt } = price;
  const tier: TokenPrices =
    longPrompt !== undefined && promptTokens(usage) > longPrompt.above ? longPrompt : price;
  const { input, output = 0, cacheRead = input, cacheWrite = input, cacheWriteHour = cacheWrite } = tier;
  const { cacheWriteTokens = 0, cacheWriteHourTokens = 0 } = usage;
  const millionths =
    usage.inputTokens * input +
    (usage.outputTokens ?? 0) * output +
    (usage.cacheReadTokens ?? 0) * cacheRead +
    (cacheWriteTokens - cacheWriteHourTokens) * cacheWrite +
    cacheWriteHourTokens * cacheWriteHour;
  return millionths / MILLION;
}

function promptTokens({ inputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 }: ModelUsage): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

function keyOf({ provider, model }: { readonly provider: string; readonly model: string }): string {
  return `${provider}/${model}`;
}

function checkPrices(
  where: string,
  { input, output, cacheRead, cacheWrite, cacheWriteHour }: TokenPrices,
): void {
  for (const [name, price] of Object.entries({ input, output, cacheRead, cacheWrite, cacheWriteHour })) {
    if (price !== undefined && !(price >= 0 && Number.isFinite(price))) {
      throw fault(`${where}.${name}`, String(price), '0 or more', 'Give US dollars for a million tokens.');
    }
  }
}

function fault(where: string, found: string, allowed: string, mend: string): TelemetryError {
  return new TelemetryError({ where: `prices: ${where}`, found, allowed, mend });
}
