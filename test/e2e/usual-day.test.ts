import { lookedBackAt } from './usual-day';

const HOUR_MS = 3_600_000;

describe('lookedBackAt', () => {
  it('names a series that is compared with itself of the day before', () => {
    expect(lookedBackAt('a:b:rate5m > 2 * a:b:rate5m offset 1d', HOUR_MS)).toEqual(['a:b:rate5m']);
  });

  it('names the series of a range, and one with matchers over several lines', () => {
    const expression = 'x > avg_over_time(a:b:rate5m[7d] offset 1d)\nand\nc:d:sum{job="a}b"}\noffset 1h30m';

    expect(lookedBackAt(expression, HOUR_MS)).toEqual(['a:b:rate5m', 'c:d:sum']);
  });

  it('leaves out what is looked back at for less time, or by a range alone', () => {
    expect(lookedBackAt('a:b:sum offset 10m > 0 and sum_over_time(c:d:sum[1d]) > 1', HOUR_MS)).toEqual([]);
  });
});
