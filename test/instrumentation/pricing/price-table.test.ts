import { BUILT_IN_PRICES, priceTable, TelemetryError } from '../../../instrumentation';
import type { PriceList } from '../../../instrumentation';
import { tokensOf } from '../../../instrumentation/pricing/price-table';

function list(...prices: PriceList['prices']): PriceList {
  return { version: '1', changed: '2026-02-03', source: 'test', prices };
}

const SMALL = { provider: 'fake', model: 'small', input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 };

function faultOf(bad: PriceList): unknown {
  try {
    priceTable(bad);
  } catch (error) {
    return error instanceof TelemetryError ? error.fault : error;
  }
  return undefined;
}

describe('the price of a call', () => {
  it('charges tokens that a prompt cache keeps for an hour by their own price, and else by that of all that is written', () => {
    const call = {
      provider: 'a',
      model: 'm',
      inputTokens: 0,
      cacheWriteTokens: 3e6,
      cacheWriteHourTokens: 1e6,
    };
    const price = { provider: 'a', model: 'm', input: 1, cacheWrite: 1.25 };
    expect(priceTable(list({ ...price, cacheWriteHour: 2 })).costOf(call)).toBeCloseTo(4.5, 10);
    expect(priceTable(list(price)).costOf(call)).toBeCloseTo(3.75, 10);
  });

  it('adds up tokens of each kind at its own price', () => {
    const usage = {
      provider: 'fake',
      model: 'small',
      inputTokens: 1_000_000,
      outputTokens: 200_000,
      cacheReadTokens: 500_000,
      cacheWriteTokens: 100_000,
    };
    expect(priceTable(list(SMALL)).costOf(usage)).toBeCloseTo(1 + 1 + 0.05 + 0.125, 10);
    expect(tokensOf(usage)).toBe(1_800_000);
  });

  it('is that of input for cached tokens without a price of their own', () => {
    const table = priceTable(list({ provider: 'fake', model: 'plain', input: 2 }));
    const usage = {
      provider: 'fake',
      model: 'plain',
      inputTokens: 0,
      cacheReadTokens: 1e6,
      cacheWriteTokens: 1e6,
    };
    expect(table.costOf(usage)).toBe(4);
  });

  it('is that of the long tier for the whole call, once prompt and cache are above its bound', () => {
    const table = priceTable(list({ ...SMALL, longPrompt: { above: 100, input: 10, output: 50 } }));
    const usage = { provider: 'fake', model: 'small', inputTokens: 60, outputTokens: 10 };
    expect(table.costOf({ ...usage, cacheReadTokens: 40 })).toBeCloseTo(114e-6, 12);
    expect(table.costOf({ ...usage, cacheReadTokens: 41 })).toBeCloseTo((600 + 410 + 500) * 1e-6, 12);
  });

  it('is unknown, not 0, for a model or a provider that the list lacks', () => {
    const table = priceTable(list(SMALL));
    expect(table.costOf({ provider: 'fake', model: 'large', inputTokens: 1 })).toBeUndefined();
    expect(table.costOf({ provider: 'other', model: 'small', inputTokens: 1 })).toBeUndefined();
  });
});

describe('a list of prices', () => {
  it('says when it was last changed', () => {
    expect(priceTable(list(SMALL)).changedAt).toBe(Date.UTC(2026, 1, 3) / 1000);
  });

  it('comes with the library, each price with its source', () => {
    expect(priceTable().version).toBe(BUILT_IN_PRICES.version);
    expect(BUILT_IN_PRICES.prices.filter(({ source }) => source?.startsWith('https://') !== true)).toEqual(
      [],
    );
  });

  it('is refused for a date that is none', () => {
    expect(faultOf({ ...list(SMALL), changed: 'May' })).toEqual({
      where: 'prices: changed',
      found: '"May"',
      allowed: 'a date such as 2026-11-22',
      mend: 'Say when prices last changed.',
    });
  });

  it('is refused for a price below 0, in the long tier as well', () => {
    const longPrompt = { above: 1, input: -1 };
    expect(faultOf(list({ ...SMALL, longPrompt }))).toEqual({
      where: 'prices: fake/small.longPrompt.input',
      found: '-1',
      allowed: '0 or more',
      mend: 'Give US dollars for a million tokens.',
    });
  });

  it('is refused for two prices of one model', () => {
    expect(faultOf(list(SMALL, SMALL))).toMatchObject({ where: 'prices: fake/small', found: 'two prices' });
  });
});
