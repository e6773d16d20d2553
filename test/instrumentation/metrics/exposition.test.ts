import { Registry } from 'prom-client';
import { exposition, formatFor } from '../../../instrumentation/metrics/exposition';
import { bounded } from '../../../instrumentation/metrics/metric-types';
import { prometheusMetrics } from '../../../instrumentation/metrics/prometheus-metrics';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

function someMetrics(traceId?: string) {
  const registry = new Registry();
  const refused: [string, number][] = [];
  const make = prometheusMetrics(registry, {
    traceId: () => traceId,
    refused: (metric, value) => refused.push([metric, value]),
  });
  return { registry, make, refused };
}

describe('metrics as text', () => {
  it('have the names of counters in text even after OpenMetrics was asked for', async () => {
    const { registry, make } = someMetrics();
    make.counter('x_total', 'What x is.', {}).inc({}, 2);
    expect(await exposition(registry, 'openmetrics')).toBe(
      '# HELP x What x is.\n# TYPE x counter\nx_total 2\n# EOF\n',
    );
    expect(await exposition(registry, 'text')).toBe(
      '# HELP x_total What x is.\n# TYPE x_total counter\nx_total 2\n',
    );
  });

  it('write whole bounds with a decimal, which Prometheus 2 and 3 then store alike', async () => {
    const { registry, make } = someMetrics();
    make.histogram('x_seconds', 'X.', {}, { buckets: [0.5, 2] }).observe({}, 1);
    const text = await exposition(registry, 'text');
    expect(text).toContain(
      'x_seconds_bucket{le="0.5"} 0\nx_seconds_bucket{le="2.0"} 1\nx_seconds_bucket{le="+Inf"} 1\n',
    );
  });

  it('carry the trace of an observation in OpenMetrics only, above the last bound as well', async () => {
    const { registry, make } = someMetrics(TRACE);
    const histogram = make.histogram('x_seconds', 'X.', {}, { buckets: [1] });
    histogram.observe({}, 0.5);
    histogram.observe({}, 3, 'f'.repeat(32));
    const openMetrics = await exposition(registry, 'openmetrics');
    expect(openMetrics).toContain(`x_seconds_bucket{le="1.0"} 1 # {trace_id="${TRACE}"} 0.5 `);
    expect(openMetrics).toContain(`x_seconds_bucket{le="+Inf"} 2 # {trace_id="${'f'.repeat(32)}"} 3 `);
    expect(await exposition(registry, 'text')).not.toContain('trace_id');
  });

  it('have no exemplar outside of a trace', async () => {
    const { registry, make } = someMetrics();
    make.histogram('x_seconds', 'X.', {}, { buckets: [1] }).observe({}, 0.5);
    expect(await exposition(registry, 'openmetrics')).not.toContain(' # {');
  });

  it('escape label values', async () => {
    const { registry, make } = someMetrics();
    make.counter('x_total', 'A \\ and\na line.', { model: bounded(3) }).inc({ model: 'a"b\\c\n' });
    const text = await exposition(registry, 'text');
    expect(text).toContain('x_total{model="a\\"b\\\\c\\n"} 1');
    expect(text).toContain('# HELP x_total A \\\\ and\\na line.');
  });

  it('are OpenMetrics for a scraper that takes it', () => {
    const accept = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3';
    expect(formatFor(accept)).toBe('openmetrics');
    expect(formatFor('text/plain')).toBe('text');
    expect(formatFor(undefined)).toBe('text');
  });
});

describe('values that cannot be counted', () => {
  it('are refused and told of, and fail nothing', async () => {
    const { registry, make, refused } = someMetrics();
    make.counter('a_total', 'A.', {}).inc({}, -1);
    make.gauge('b', 'B.', {}).set({}, NaN);
    make.gauge('c', 'C.', {}).inc({}, Infinity);
    make.histogram('d', 'D.', {}, { buckets: [1] }).observe({}, NaN);
    expect(refused).toEqual([
      ['a_total', -1],
      ['b', NaN],
      ['c', Infinity],
      ['d', NaN],
    ]);
    expect(await exposition(registry, 'text')).toContain('a_total 0');
  });
});

describe('a gauge that follows a value', () => {
  it('asks whenever metrics are read, and is absent where the value cannot be had', async () => {
    const { registry, make } = someMetrics();
    let jobs = 3;
    make.gauge('x_jobs', 'X.', { queue: bounded(3) }).follow({ queue: 'a' }, () => {
      if (jobs < 0) throw new Error('away');
      return jobs;
    });
    expect(await exposition(registry, 'text')).toContain('x_jobs{queue="a"} 3');
    jobs = 5;
    expect(await exposition(registry, 'text')).toContain('x_jobs{queue="a"} 5');
    jobs = -1;
    expect(await exposition(registry, 'text')).not.toContain('x_jobs{');
  });
});
