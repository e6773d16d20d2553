import { QUERY_COST_METRIC as ALARM_METRIC } from '../../../constructs/aws/cost-alarms';
import { LOG_FIELDS } from '../../../constructs/aws/log-contract';
import { monitoredQuery } from '../../../instrumentation';
import { embeddedMetric } from '../../../instrumentation/cloudwatch/embedded-metric';
import { metricBatches } from '../../../instrumentation/cloudwatch/metric-batches';
import { QUERY_COST_METRIC } from '../../../instrumentation/cloudwatch/query-cost';
import { ragTelemetry, seriesValue } from '../support';

const USAGE = { provider: 'fake', model: 'small', inputTokens: 1000 };
const MINUTE = 60_000;

describe('the cost of a query in embedded metric format', () => {
  it('has the name that the alarms read, without dimensions and by domain', () => {
    expect(QUERY_COST_METRIC).toBe(ALARM_METRIC);
    expect(
      embeddedMetric({ dollars: 0.25, domain: 'support' }, 'RAG/Application-dev', 1_700_000_000_000),
    ).toEqual({
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'RAG/Application-dev',
            Dimensions: [[], ['Domain']],
            Metrics: [{ Name: 'QueryCost', Unit: 'None' }],
          },
        ],
      },
      QueryCost: 0.25,
      Domain: 'support',
    });
  });

  it('is in the one line of the query, beside the cost that the metric filter reads', async () => {
    const telemetry = ragTelemetry({ queryCost: { kind: 'emf' } });
    await monitoredQuery(telemetry, { domain: 'support' }, () => Promise.resolve({ usage: [{ ...USAGE }] }));
    const lines = telemetry.kept.lines();
    expect(lines).toMatchObject([{ QueryCost: 0.001, Domain: 'support', [LOG_FIELDS.cost]: 0.001 }]);
    expect(lines[0]).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'RAG/Application' }] } });
  });

  it('is written whatever the level of the log, as the metric would be lost', async () => {
    const telemetry = ragTelemetry({ queryCost: { kind: 'emf' }, logLevel: 'warn' });
    telemetry.log.info('not this one');
    await monitoredQuery(telemetry, { domain: 'support' }, () => Promise.resolve({ usage: [] }));
    expect(telemetry.kept.lines().map(({ message }) => message)).toEqual(['query answered']);
  });

  it('has as many domains as the counter of queries: each would be a metric that is paid for', async () => {
    const telemetry = ragTelemetry({ queryCost: { kind: 'emf' }, known: { domains: ['late'] } });
    const domains = [...Array.from({ length: 25 }, (_, index) => `d${String(index)}`), 'late'];
    for (const domain of domains) {
      await monitoredQuery(telemetry, { domain }, () => Promise.resolve({ usage: [] }));
    }
    const published = telemetry.kept.lines().map((line) => line['Domain']);
    expect(new Set(published).size).toBe(20);
    expect(published.slice(-2)).toEqual(['other', 'late']);
    expect(await seriesValue(telemetry, 'rag_queries_total', { domain: 'other', status: 'success' })).toBe(7);
  });

  it('is not in the line unless asked for', async () => {
    const telemetry = ragTelemetry();
    await monitoredQuery(telemetry, { domain: 'support' }, () => Promise.resolve({ usage: [] }));
    expect(telemetry.kept.text()).not.toContain('_aws');
  });
});

describe('costs for PutMetricData', () => {
  it('are one datum a minute without dimensions and one a domain, equal values counted together', () => {
    const batches = metricBatches([
      { at: MINUTE + 1, dollars: 0.1, domain: 'a' },
      { at: MINUTE + 59_999, dollars: 0.1, domain: 'b' },
      { at: 2 * MINUTE, dollars: 0.3, domain: 'a' },
    ]);
    const data = batches.flat().map(({ Timestamp, Dimensions, Values, Counts }) => ({
      minute: (Timestamp?.getTime() ?? 0) / MINUTE,
      domain: Dimensions?.[0]?.Value,
      Values,
      Counts,
    }));
    expect(batches).toHaveLength(1);
    expect(data).toEqual([
      { minute: 1, domain: undefined, Values: [0.1], Counts: [2] },
      { minute: 1, domain: 'a', Values: [0.1], Counts: [1] },
      { minute: 1, domain: 'b', Values: [0.1], Counts: [1] },
      { minute: 2, domain: undefined, Values: [0.3], Counts: [1] },
      { minute: 2, domain: 'a', Values: [0.3], Counts: [1] },
    ]);
  });

  it('keep within the limits of a datum and of a call', () => {
    const costs = Array.from({ length: 9000 }, (_, index) => ({ at: 0, dollars: index / 1e6, domain: 'a' }));
    const batches = metricBatches(costs);
    const data = batches.flat();
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(50);
    expect(Math.max(...data.map(({ Values }) => Values?.length ?? 0))).toBe(150);
    expect(data.flatMap(({ Values }) => Values)).toHaveLength(18_000);
  });

  it('are no call where there are none', () => {
    expect(metricBatches([])).toEqual([]);
  });
});
