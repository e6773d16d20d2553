import type { MetricAlarmModel } from '../../constructs/aws/alarm-model';
import { monitoredQuery } from '../../instrumentation';
import { PRICES, ragTelemetry } from '../instrumentation/support';
import { alarmState } from '../support/alarm-evaluator';
import { datapoints, periodStart, type Published } from '../support/alarm-statistics';
import { startCloudWatch, type CloudWatchHere } from '../support/cloudwatch-here';
import { describeWithEngines } from '../support/engines';
import { modelOf } from '../support/rendered';

jest.setTimeout(60_000);

const aws = modelOf('prod').aws;
const region = aws?.region ?? '';

function alarmOf(name: string): MetricAlarmModel {
  const found = aws?.alarms.find((alarm) => alarm.name === name);
  if (found?.kind !== 'metric') throw new Error(`prod has no metric alarm ${name}`);
  return found;
}

describeWithEngines(
  ['moto_server'],
  "a query's cost, by PutMetricData in CloudWatch",
  ({ moto_server: moto }) => {
    const variables = { ...process.env };
    let here: CloudWatchHere;

    beforeEach(async () => {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
      here = await startCloudWatch(moto, { accountId: aws?.accountId ?? '', region });
    });

    afterEach(async () => {
      await here.stop();
      process.env = { ...variables };
    });

    /** Answers queries that use so many tokens of a model that costs a dollar for a million, and reads what arrived. */
    async function published(tokens: readonly number[]): Promise<readonly Published[]> {
      const { metric } = alarmOf('rag-cost-anomaly');
      const telemetry = ragTelemetry({
        queryCost: { kind: 'put-metric-data', region, endpoint: here.endpoint, namespace: metric.namespace },
        known: { domains: ['billing', 'travel'] },
      });
      const [{ provider, model }] = PRICES.prices;
      const from = Date.now();
      for (const [index, inputTokens] of tokens.entries()) {
        const domain = index % 2 === 0 ? 'billing' : 'travel';
        await monitoredQuery(telemetry, { domain }, () =>
          Promise.resolve({ usage: [{ provider, model, inputTokens }] }),
        );
      }
      await telemetry.shutdown();
      const minute = 60_000;
      return here.published(metric, periodStart(from, 60) - minute, Date.now() + minute);
    }

    function stateAfter(name: string, values: readonly Published[], before: 'OK' | 'ALARM') {
      const alarm = alarmOf(name);
      const points = datapoints(alarm.metric, values);
      const [last] = points.slice(-1);
      return alarmState(alarm, points, (last?.at ?? NaN) + alarm.metric.periodSeconds * 1000, before);
    }

    it('arrives once without dimensions and rings when queries are dear', async () => {
      const values = await published([40_000, 40_000, 1_200_000, 800_000]);
      const [sum] = datapoints({ statistic: 'Sum', periodSeconds: 86_400 }, values);
      const [count] = datapoints({ statistic: 'SampleCount', periodSeconds: 86_400 }, values);
      expect(sum?.value).toBeCloseTo(2.08);
      expect(count?.value).toBe(4);
      expect(stateAfter('rag-cost-anomaly', values, 'OK')).toBe('ALARM');
      expect(stateAfter('rag-cost-hourly-budget', values, 'OK')).toBe('ALARM');
    });

    it('is silent when queries are cheap, and ends an alarm', async () => {
      const values = await published([40_000, 45_000, 20_000, 30_000]);
      expect(stateAfter('rag-cost-anomaly', values, 'ALARM')).toBe('OK');
      expect(stateAfter('rag-cost-hourly-budget', values, 'OK')).toBe('OK');
      expect(stateAfter('rag-cost-absent', values, 'ALARM')).toBe('OK');
    });
  },
);
