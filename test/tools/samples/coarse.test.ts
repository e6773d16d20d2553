import { forCoarseSamples } from '../../../tools/samples/coarse';

describe('forCoarseSamples', () => {
  it.each([
    ['rate(a[5m])', 'rate(a[14400s])'],
    ['rate(a[1d])', 'rate(a[1d])'],
    ['max_over_time(a[1d:1m])', 'max_over_time(a[1d:3600s])'],
    ['rate(a{status=~"[45].."}[5m])', 'rate(a{status=~"[45].."}[14400s])'],
  ])('stretches %s', (text, expected) => {
    expect(forCoarseSamples(text, 3600)).toBe(expected);
  });
});
