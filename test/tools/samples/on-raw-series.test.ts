import { RawWriter } from '../../../tools/samples/on-raw-series';

const writer = new RawWriter(
  [
    { record: 'l:a:rate5m', expr: 'sum by (x) (rate(a_total[5m]))' },
    { record: 'l:a:ratio', expr: 'l:a:rate5m / l:b:max' },
    { record: 'l:b:max', expr: 'max by (x) (b)' },
    { record: 'l:c:rate5m', expr: 'rate(c[5m]) unless l:c:rate5m' },
  ],
  60,
);

describe('RawWriter', () => {
  it.each([
    ['l:a:rate5m', '((sum by (x) (rate(a_total[5m]))))'],
    ['l:a:rate5m{x=~".+"} > 1', '((sum by (x) (rate(a_total[5m])))) > 1'],
    ['l:b:max{x="1"}', '((max by (x) (b{x="1"})))'],
    ['l:a:ratio', '((((sum by (x) (rate(a_total[5m])))) / ((max by (x) (b)))))'],
    ['avg_over_time(l:a:rate5m[1d])', '((sum by (x) (rate(a_total[86400s]))))'],
    ['avg_over_time(l:b:max[1d])', 'avg_over_time(((max by (x) (b)))[86400s:60s])'],
    ['l:c:rate5m', '((rate(c[5m]) unless l:c:rate5m))'],
    ['raw{x="1"}', 'raw{x="1"}'],
  ])('writes %s', (text, expected) => {
    expect(writer.written(text)).toBe(expected);
  });

  it('knows which expressions read recorded series', () => {
    expect(writer.readsRecorded('sum(l:a:ratio)')).toBe(true);
    expect(writer.readsRecorded('sum(a_total)')).toBe(false);
  });
});
