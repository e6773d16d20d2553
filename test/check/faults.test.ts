import { check, checkAlert, checkPanel, dashboard, ruleGroup, alert } from '../support/content';

/** The faults that documents about this very service make; each must be refused when someone writes it again. */
describe('faults of the documents', () => {
  function rulesOf(findings: ReturnType<typeof check>): string[] {
    return findings.map(({ rule }) => rule);
  }

  it.each([
    [
      'a mean of a histogram by its bare name',
      'avg(rag_cost_per_query_dollars) > 0.05',
      'promql/bare-histogram',
    ],
    ['the same over time', 'avg_over_time(rag_cost_per_query_dollars[5m]) > 0.05', 'promql/bare-histogram'],
    [
      'a quantile of the bare name',
      'histogram_quantile(0.95, rag_query_duration_seconds) > 2',
      'promql/bare-histogram',
    ],
    [
      'a quantile without a rate',
      'histogram_quantile(0.95, rag_query_duration_seconds_bucket) > 2',
      'promql/quantile',
    ],
    [
      'a quantile without le',
      'histogram_quantile(0.95, sum by (pod) (rate(rag_query_duration_seconds_bucket[5m]))) > 2',
      'promql/quantile',
    ],
    [
      'a quantile of no buckets',
      'histogram_quantile(0.95, sum by (pod) (rate(rag_query_duration_seconds_sum[5m]))) > 2',
      'promql/quantile',
    ],
    [
      'a label that the metric lacks',
      'sum by (model) (increase(rag_cost_dollars_total[1d])) > 9',
      'promql/unknown-label',
    ],
    ['a raw counter', 'sum by (service) (rag_cost_dollars_total) > 9', 'promql/raw-counter'],
    [
      'a ratio filtered on one side',
      'rate(rag_requests_total{status="error"}[5m]) / rate(rag_requests_total[5m]) > 0.05',
      'promql/one-sided-filter',
    ],
    ['errors a second against a share', 'rate(rag_errors_total[5m]) > 0.05', 'promql/per-series-threshold'],
    [
      'failing requests of each series a second',
      'rate(rag_requests_total{status=~"5.."}[5m]) > 0.05',
      'promql/per-series-threshold',
    ],
    ['a metric that nobody exposes', 'node_cpu_usage_percent > 80', 'promql/unknown-metric'],
    [
      'memory in use by a limit that is not set',
      'container_memory_working_set_bytes / container_spec_memory_limit_bytes > 0.9',
      'promql/unset-denominator',
    ],
  ])('refuses %s', (_title, expr, rule) => {
    const findings = checkAlert(expr);

    expect(findings).toContainEqual(expect.objectContaining({ rule, severity: 'error' }));
  });

  it('refuses errors a second that are printed as a percentage', () => {
    const findings = checkAlert('sum(rate(rag_errors_total[5m])) > 1', {
      description: 'It is {{ $value | humanizePercentage }}',
    });

    expect(rulesOf(findings)).toEqual(['alerts/template-unit']);
  });

  it('lets a share be a percentage where a label of the series says the unit', () => {
    const limits = `
producer: kube-state-metrics
job: kube-state-metrics
targetLabels: [job]
metrics:
  - name: kube_pod_container_resource_limits
    type: gauge
    unit: units
    help: Some help
    labels: { container: bounded(9), resource: bounded(9) }
    confirmed: { by: engine, source: a test }
`;
    const share =
      'container_memory_working_set_bytes / on (container) kube_pod_container_resource_limits{resource="memory"} > 0.9';
    const text = { description: 'It is {{ $value | humanizePercentage }}' };

    expect(
      check({
        'metrics/kube-state-metrics.yaml': limits,
        'alert-rules/a.yaml': ruleGroup('a', alert('A', share, text)),
      }),
    ).toEqual([]);
  });

  it('refuses a ratio that is printed with a per cent sign', () => {
    const findings = checkAlert(
      'sum(rate(rag_errors_total[5m])) / sum(rate(rag_errors_total[5m] offset 1d)) > 2',
      {
        description: 'It is {{ $value }}%',
      },
    );

    expect(findings[0]).toMatchObject({
      rule: 'alerts/template-unit',
      message: 'the value is ratio, printed with a per cent sign',
    });
  });

  it.each([
    [
      'a ratio in a per cent panel',
      'sum(rate(rag_errors_total[5m])) / sum(rate(rag_errors_total[1h]))',
      'percent',
    ],
    [
      'a ratio times 100 in a ratio panel',
      '100 * sum(rate(rag_errors_total[5m])) / sum(rate(rag_errors_total[1h]))',
      'percentunit',
    ],
    [
      'cents as dollars',
      'sum(rate(rag_cost_per_query_dollars_sum[5m])) / sum(rate(rag_cost_per_query_dollars_count[5m])) * 1000',
      'currencyUSD',
    ],
    ['errors a second as a percentage', 'sum(rate(rag_errors_total[5m]))', 'percentunit'],
    [
      'seconds as milliseconds',
      'histogram_quantile(0.9, sum by (le) (rate(rag_query_duration_seconds_bucket[5m])))',
      'ms',
    ],
  ])('refuses %s', (_title, expr, unit) => {
    expect(rulesOf(checkPanel(expr, unit))).toEqual(['dashboards/unit']);
  });

  it('refuses a board in its wrapper, without uid, with the panel type graph', () => {
    const graph = check({ 'dashboards/rag/a.json': dashboard({ uid: undefined }, { type: 'graph' }) });
    const wrapped = check({ 'dashboards/rag/a.json': `{ "dashboard": ${dashboard()} }` });

    expect(rulesOf(graph).sort()).toEqual(['dashboards/panel-type', 'dashboards/provisioning']);
    expect(wrapped).toMatchObject([
      { rule: 'dashboards/provisioning', message: 'the dashboard is wrapped in {"dashboard": ...}' },
    ]);
  });
});

describe('what is right', () => {
  it.each([
    'sum(rate(rag_cost_per_query_dollars_sum[5m])) / sum(rate(rag_cost_per_query_dollars_count[5m])) > 0.05',
    'histogram_quantile(0.95, sum by (le) (rate(rag_query_duration_seconds_bucket[5m]))) > 2',
    'histogram_quantile(0.95, rate(rag_query_duration_seconds_bucket[5m])) > 2',
    'sum(rate(rag_requests_total{status=~"5.."}[5m])) / sum(rate(rag_requests_total[5m])) > 0.05',
    'rate(rag_requests_total{status="error"}[5m]) / ignoring (status) group_left sum without (status) (rate(rag_requests_total[5m])) > 0.05',
    'sum by (status) (rate(rag_requests_total{status!=""}[5m])) / sum by (status) (rate(rag_requests_total[5m] offset 1d)) > 2',
    'rate(rag_errors_total[5m]) > 0',
    'container_memory_working_set_bytes / (container_spec_memory_limit_bytes > 0) > 0.9',
    'count(rag_requests_total) > 100',
    'absent(rag_requests_total{job="rag-api"})',
    'rag_active_requests > 5 unless on (pod) rag_requests_total',
    'deriv(rag_active_requests[1h]) > 0',
    'changes(rag_requests_total[5m]) == 0',
    'sum(rag_requests_total - rag_requests_total offset 1h) > 5',
    '{__name__=~"rag_.+", pod="a"} > 5',
  ])('passes %s', (expr) => {
    expect(checkAlert(expr)).toEqual([]);
  });

  it('judges a recorded series by what its rule leaves', () => {
    const recording =
      '      - { record: "namespace:rag_errors:rate5m", expr: "sum by (namespace) (rate(rag_errors_total[5m]))" }';
    const findings = check({
      'alert-rules/a.yaml': ruleGroup(
        'a',
        recording,
        alert('Labels', 'sum by (pod) (namespace:rag_errors:rate5m) > 1'),
        alert('Rates', 'sum(rate(namespace:rag_errors:rate5m[5m])) > 1'),
        alert('Texts', 'namespace:rag_errors:rate5m > 1', {
          description: '{{ $labels.namespace }} {{ $labels.pod }}',
        }),
        alert('Fine', 'namespace:rag_errors:rate5m > 1', { description: '{{ $labels.namespace }}' }),
      ),
    });

    expect(findings.map(({ rule }) => rule)).toEqual([
      'promql/unknown-label',
      'promql/function-type',
      'alerts/template-label',
    ]);
  });

  it('does not loop over a rule that reads itself', () => {
    const recording = '      - { record: "a:b:c", expr: "sum by (pod) (a:b:c)" }';

    expect(check({ 'alert-rules/a.yaml': ruleGroup('a', recording) })).toEqual([]);
  });
});

describe('messages about expressions', () => {
  it('names the metric that was meant', () => {
    expect(checkAlert('sum(rate(rag_request_total[5m])) > 1')[0]).toMatchObject({
      message: 'no producer of the contract exposes "rag_request_total" and no rule records it',
      hint: 'did you mean "rag_requests_total"?',
    });
    expect(checkAlert('sum(rate(rag_query_cost_usd_sum[5m])) > 1')[0]?.hint).toBe(
      'the contract calls it "rag_cost_per_query_dollars_sum"',
    );
  });

  it('names the labels and values that a metric has', () => {
    expect(checkAlert('sum(rate(rag_cost_dollars_total{servic="llm"}[5m])) > 1')[0]).toMatchObject({
      message:
        '"rag_cost_dollars_total" has no label "servic"; it has instance, job, namespace, pod, service',
      hint: 'did you mean "service"?',
    });
    expect(checkAlert('sum(rate(rag_cost_dollars_total{service="lm"}[5m])) > 1')[0]).toMatchObject({
      rule: 'promql/impossible-matcher',
      message: '"service" of "rag_cost_dollars_total" is never ="lm"; it is one of llm, storage',
      hint: 'did you mean "llm"?',
    });
    expect(checkAlert('sum(rate(rag_cost_dollars_total{service=~"x.*"}[5m])) > 1')[0]?.rule).toBe(
      'promql/impossible-matcher',
    );
  });

  it('says what each function works on', () => {
    expect(checkAlert('sum(rate(rag_active_requests[5m])) > 1')[0]?.message).toBe(
      'rate() works on counters, and "rag_active_requests" is a gauge',
    );
    expect(checkAlert('sum(delta(rag_requests_total[5m])) > 1')[0]?.message).toBe(
      'delta() works on gauges, and "rag_requests_total" is a counter: a restart counts as a fall',
    );
  });

  it('refuses a rule whose result is a whole range', () => {
    expect(checkAlert('rag_active_requests[5m]')[0]?.message).toBe(
      'the result is a range vector; one value for each series is expected',
    );
  });
});
