import { metricContractSchema, type Metric } from '../../../content/metric-contract';
import { storedSeries } from '../../../tools/samples/values';
import { timesOf } from '../../../tools/samples/times';

const times = timesOf([{ from: 0, to: 86_400, step: 600 }]);

const metric = (fields: Partial<Metric>): Metric =>
  metricContractSchema.parse({
    producer: 'x',
    job: 'x',
    targetLabels: [],
    metrics: [
      {
        name: 'x',
        type: 'gauge',
        unit: 'seconds',
        help: 'x',
        confirmed: { by: 'engine', source: 'x' },
        ...fields,
      },
    ],
  }).metrics[0] as Metric;

const valuesOf = (fields: Partial<Metric>, labels: Record<string, string> = {}) =>
  storedSeries(metric(fields), labels, times).map(({ name, labels: own, values }) => ({
    name,
    own,
    values: [...values],
  }));

const grows = (values: readonly number[]): boolean =>
  values.every((value, index) => value >= (values[index - 1] ?? 0));

describe('generated samples', () => {
  it('are the same each time, and differ from series to series', () => {
    const counter = { name: 'x_total', type: 'counter' } as const;

    expect(valuesOf(counter, { a: '1' })).toEqual(valuesOf(counter, { a: '1' }));
    expect(valuesOf(counter, { a: '1' })[0]?.values).not.toEqual(valuesOf(counter, { a: '2' })[0]?.values);
  });

  it('grow where they count, slower for what fails', () => {
    const [success] = valuesOf({ name: 'x_total', type: 'counter' }, { status: 'success' });
    const [error] = valuesOf({ name: 'x_total', type: 'counter' }, { status: 'error' });
    const growth = (values: readonly number[] = []): number => (values.at(-1) ?? 0) - (values[0] ?? 0);

    expect(grows(success?.values ?? [])).toBe(true);
    expect(growth(error?.values)).toBeGreaterThan(0);
    expect(growth(error?.values)).toBeLessThan(growth(success?.values) / 10);
  });

  it('have in each bucket of a histogram what is in the smaller ones, and all in the last', () => {
    const series = valuesOf({ name: 'x_seconds', type: 'histogram' });
    const buckets = series.filter(({ name }) => name === 'x_seconds_bucket');
    const count = series.find(({ name }) => name === 'x_seconds_count')?.values;

    expect(buckets.every(({ values }) => grows(values))).toBe(true);
    expect(times.every((_time, index) => grows(buckets.map(({ values }) => values[index] ?? NaN)))).toBe(
      true,
    );
    expect(buckets.at(-1)).toMatchObject({ own: { le: '+Inf' }, values: count });
    expect(buckets.map(({ own }) => own['le'])).toContain('2.0');
  });

  it('keep to the range of a gauge', () => {
    const [score] = valuesOf({ name: 'x_score', unit: 'points', range: [1, 5] });

    expect(Math.min(...(score?.values ?? []))).toBeGreaterThanOrEqual(1);
    expect(Math.max(...(score?.values ?? []))).toBeLessThanOrEqual(5);
  });

  it('have exactly one state of a pod that holds', () => {
    const states = ['Failed', 'Pending', 'Running'].map(
      (phase) =>
        valuesOf({ name: 'kube_pod_status_phase', unit: 'pods', range: [0, 1] }, { phase })[0]?.values[0],
    );

    expect(states).toEqual([0, 0, 1]);
  });

  it('have quantiles, a sum and a count for a summary, and 1 for an info', () => {
    expect(valuesOf({ type: 'summary' }).map(({ name }) => name)).toEqual([
      'x',
      'x',
      'x',
      'x_sum',
      'x_count',
    ]);
    expect(valuesOf({ type: 'info' })[0]?.values[0]).toBe(1);
  });

  it('count nothing that should not happen in a program of the stack, and a little in the application', () => {
    const growth = (name: string): number => {
      const values = valuesOf({ name, type: 'counter', unit: 'errors' })[0]?.values ?? [];
      return (values.at(-1) ?? 0) - (values[0] ?? 0);
    };

    expect(growth('otelcol_exporter_send_failed_spans_total')).toBe(0);
    expect(growth('kube_pod_container_status_restarts_total')).toBe(0);
    expect(growth('rag_errors_total')).toBeGreaterThan(0);
  });

  it('have a moment that comes again within six hours for what is done again and again', () => {
    const [last] = valuesOf({ name: 'rag_index_last_success_timestamp_seconds' });
    const ages = (last?.values ?? []).map((value, index) => (times[index] ?? 0) - value);

    expect(Math.min(...ages)).toBe(0);
    expect(Math.max(...ages)).toBeLessThan(6 * 3600);
    expect(grows(last?.values ?? [])).toBe(true);
  });

  it('have more users in a month than in a day, and none for a state that is rare', () => {
    const level = (name: string, labels: Record<string, string>): number =>
      valuesOf({ name, unit: 'users' }, labels)[0]?.values[0] ?? NaN;

    expect(level('business_active_users', { period: 'month' })).toBeGreaterThan(
      level('business_active_users', { period: 'day' }),
    );
    expect(level('pg_stat_activity_count', { state: 'disabled' })).toBe(0);
  });
});
