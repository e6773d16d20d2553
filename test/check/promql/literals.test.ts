import { parseDuration, parseNumber, unquote } from '../../../check/promql/literals';

describe('parseDuration', () => {
  it.each([
    ['1h30m', 5400],
    ['1500ms', 1.5],
    ['1y', 31_536_000],
    ['5', undefined],
    ['30m1h', undefined],
    ['', undefined],
  ])('reads %j as %p', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
});

describe('parseNumber', () => {
  it.each([
    ['1_000', 1000],
    ['0x1f', 31],
    ['1e-3', 0.001],
    ['Inf', Infinity],
    ['NaN', NaN],
    ['5m', 300],
    ['1__0', undefined],
  ])('reads %j as %p', (text, value) => {
    expect(parseNumber(text)).toEqual(value);
  });
});

describe('unquote', () => {
  it.each([
    ['"a\\"b"', 'a"b'],
    ["'it\\'s'", "it's"],
    ['`\\d`', '\\d'],
    ['"\\x41\\101\\u0042"', 'AAB'],
  ])('decodes %s', (literal, value) => {
    expect(unquote(literal)).toEqual({ value });
  });

  it.each([['"\\d"'], ["'\\\"'"], ['"\\400"']])('refuses the escape of %s', (literal) => {
    expect(unquote(literal)).toMatchObject({ badAt: 1 });
  });

  it('refuses a string that ends in an escaped quote', () => {
    expect(unquote('"a\\"')).toMatchObject({ message: 'the string has no closing quote' });
  });
});
