import { exposedLabels, readExposition } from '../../../tools/contract/exposition';

const TEXT = `
# HELP jobs_total Jobs done,\\nby \\\\queue\\\\.
# TYPE jobs_total counter
jobs_total{queue="a",note="says \\"hi\\", {twice}"} 3 1700000000000
jobs_total{queue="b",note=""} 1e3 # {trace_id="1"} 1 1700000000
# TYPE wait_seconds histogram
wait_seconds_bucket{queue="a",le="+Inf"} 2
wait_seconds_sum{queue="a"} 0.5
wait_seconds_count{queue="a"} 2
# TYPE size_bytes summary
size_bytes{quantile="0.5"} NaN
size_bytes_sum 10
queue_count 7
lag -Inf
`;

describe('reading what a program exposes', () => {
  const exposition = readExposition(TEXT);

  it('gives type and meaning of a metric, and samples with their labels', () => {
    expect(exposition.get('jobs_total')).toEqual({
      name: 'jobs_total',
      type: 'counter',
      help: 'Jobs done,\nby \\queue\\.',
      samples: [
        { name: 'jobs_total', labels: { queue: 'a', note: 'says "hi", {twice}' }, value: 3 },
        { name: 'jobs_total', labels: { queue: 'b', note: '' }, value: 1000 },
      ],
    });
  });

  it('counts the parts of histograms and summaries as one metric, and nothing else that is called alike', () => {
    expect([...exposition.keys()]).toEqual([
      'jobs_total',
      'wait_seconds',
      'size_bytes',
      'queue_count',
      'lag',
    ]);
    expect(exposition.get('wait_seconds')?.samples).toHaveLength(3);
    expect(exposition.get('queue_count')).toMatchObject({
      type: 'untyped',
      help: '',
      samples: [{ value: 7 }],
    });
  });

  it('knows the values that are no ordinary numbers', () => {
    expect(exposition.get('lag')?.samples[0]?.value).toBe(-Infinity);
    expect(exposition.get('size_bytes')?.samples[0]?.value).toBeNaN();
  });

  it('leaves the labels of the form out of those of the metric', () => {
    const labelsOf = (name: string) => {
      const metric = exposition.get(name);
      return metric && [...exposedLabels(metric)].map(([label, values]) => [label, [...values]]);
    };

    expect(labelsOf('wait_seconds')).toEqual([['queue', ['a']]]);
    expect(labelsOf('size_bytes')).toEqual([]);
  });

  it('takes several texts for one program in several states', () => {
    const both = readExposition('# TYPE a gauge\na{x="1"} 1', '# TYPE a gauge\na{y="1"} 2\nb 1');

    expect(both.get('a')?.samples.map(({ labels }) => labels)).toEqual([{ x: '1' }, { y: '1' }]);
    expect(both.get('b')?.samples).toHaveLength(1);
  });

  it('says which line is no sample', () => {
    expect(() => readExposition('{"status":"error"}')).toThrow(
      'no sample in Prometheus\' text format: {"status":"error"}',
    );
  });
});
