import type { MetricAlarmModel } from '../../constructs/aws/alarm-model';
import {
  alarmState,
  compare,
  stateOf,
  type AlarmState,
  type Judged,
  type MissingData,
} from './alarm-evaluator';
import { datapoints } from './alarm-statistics';
import { modelOf } from './rendered';

/** Periods as AWS writes them: 0 within the threshold, X beyond it, - no value; the most recent last. */
function periods(text: string): Judged[] {
  return text.split(' ').map((period) => (period === '-' ? undefined : period === 'X'));
}

function states(
  text: string,
  datapointsToAlarm: number,
  before: AlarmState,
): Record<MissingData, AlarmState> {
  const by = (treatMissingData: MissingData) =>
    stateOf(periods(text), { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }, before);
  return {
    missing: by('missing'),
    ignore: by('ignore'),
    breaching: by('breaching'),
    notBreaching: by('notBreaching'),
  };
}

const ALWAYS_OK = { missing: 'OK', ignore: 'OK', breaching: 'OK', notBreaching: 'OK' };
const ALWAYS_ALARM = { missing: 'ALARM', ignore: 'ALARM', breaching: 'ALARM', notBreaching: 'ALARM' };
const BEFORE: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

describe.each(BEFORE)("an alarm over 3 periods gets the state of AWS's examples, after %s", (before) => {
  it.each([
    ['0 - X - X', ALWAYS_OK],
    ['0 - - - -', ALWAYS_OK],
    ['- - - - -', { missing: 'INSUFFICIENT_DATA', ignore: before, breaching: 'ALARM', notBreaching: 'OK' }],
    ['0 X X - X', ALWAYS_ALARM],
    ['- - X - -', { missing: 'ALARM', ignore: before, breaching: 'ALARM', notBreaching: 'OK' }],
  ])('3 of 3: %s', (range, expected) => {
    expect(states(range, 3, before)).toEqual(expected);
  });

  it.each([
    ['0 - X - X', ALWAYS_ALARM],
    ['0 0 X 0 X', ALWAYS_ALARM],
    ['0 - X - -', { ...ALWAYS_OK, breaching: 'ALARM' }],
    ['- - - - 0', { ...ALWAYS_OK, breaching: 'ALARM' }],
    ['- - - X -', { missing: 'ALARM', ignore: before, breaching: 'ALARM', notBreaching: 'OK' }],
  ])('2 of 3: %s', (range, expected) => {
    expect(states(range, 2, before)).toEqual(expected);
  });
});

describe('an alarm over 3 periods', () => {
  it.each(['- - - - X', '- - - X -'])('does not ring on one young value: %s', (range) => {
    expect(states(range, 3, 'OK').missing).toBe('OK');
  });

  it('compares as CloudWatch names it', () => {
    expect([1, 2, 3].map((value) => compare('GreaterThanThreshold', value, 2))).toEqual([false, false, true]);
    expect([1, 2, 3].map((value) => compare('GreaterThanOrEqualToThreshold', value, 2))).toEqual([
      false,
      true,
      true,
    ]);
    expect([1, 2, 3].map((value) => compare('LessThanThreshold', value, 2))).toEqual([true, false, false]);
    expect([1, 2, 3].map((value) => compare('LessThanOrEqualToThreshold', value, 2))).toEqual([
      true,
      true,
      false,
    ]);
    expect(() => compare('Near', 1, 2)).toThrow('no comparison Near');
  });
});

const MINUTE = 60_000;
const FIVE_MINUTES = 5 * MINUTE;

/** A start of an hour. */
const START = Date.UTC(2026, 0, 15, 14);

function alarmOf(name: string): MetricAlarmModel {
  const found = modelOf('prod').aws?.alarms.find((alarm) => alarm.name === name);
  if (found?.kind !== 'metric') throw new Error(`prod has no metric alarm ${name}`);
  return found;
}

describe('the alarms of prod', () => {
  it('ring on the mean cost of a query in one period, once it has ended', () => {
    const alarm = alarmOf('rag-cost-anomaly');
    const dear = datapoints(alarm.metric, [{ at: START, values: [0.01, 0.2] }]);
    const cheap = datapoints(alarm.metric, [{ at: START, values: [0.01, 0.02] }]);
    expect(alarmState(alarm, dear, START + FIVE_MINUTES - 1, 'OK')).toBe('OK');
    expect(alarmState(alarm, dear, START + FIVE_MINUTES)).toBe('ALARM');
    expect(alarmState(alarm, cheap, START + FIVE_MINUTES, 'ALARM')).toBe('OK');
    expect(alarmState(alarm, [], START, 'ALARM')).toBe('OK');
  });

  it('ring on dear single queries, in the second of three periods', () => {
    const alarm = alarmOf('rag-cost-p99');
    const odd = (at: number) => ({ at, values: [...Array.from({ length: 50 }, () => 0.01), 0.9] });
    const usual = (at: number) => ({ at, values: [0.01, 0.02] });
    const end = START + 3 * FIVE_MINUTES;
    const state = (...published: readonly { at: number; values: number[] }[]) =>
      alarmState(alarm, datapoints(alarm.metric, published), end, 'OK');
    expect(state(usual(START), usual(START + FIVE_MINUTES), odd(START + 2 * FIVE_MINUTES))).toBe('OK');
    expect(state(odd(START), usual(START + FIVE_MINUTES), odd(START + 2 * FIVE_MINUTES))).toBe('ALARM');
  });

  it("ring on an hour that spends more than an eighth of the day's budget", () => {
    const alarm = alarmOf('rag-cost-hourly-budget');
    const state = (sum: number) =>
      alarmState(alarm, datapoints(alarm.metric, [{ at: START, sum, count: 1000 }]), START + 60 * MINUTE);
    expect(state(1.25)).toBe('OK');
    expect(state(1.26)).toBe('ALARM');
  });

  it('ring on silence of the heartbeat only when the last beat has left the range that CloudWatch reads', () => {
    const alarm = alarmOf('rag-monitoring-heartbeat');
    const beat = datapoints(alarm.metric, [{ at: START, values: [1] }]);
    const after = (minutes: number) => alarmState(alarm, beat, START + minutes * MINUTE, 'OK');
    expect([5, 15, 20, 25].map(after)).toEqual(['OK', 'OK', 'OK', 'OK']);
    expect(after(30)).toBe('ALARM');
  });

  it('that compare with what is usual need to be told it', () => {
    const alarm = alarmOf('rag-cost-unusual');
    const hour = [0, 15, 30, 45].map((minutes) => ({ at: START + minutes * MINUTE, value: 0.03 }));
    expect(alarmState(alarm, hour, START + 60 * MINUTE, 'OK', 0.02)).toBe('ALARM');
    expect(alarmState(alarm, hour, START + 60 * MINUTE, 'ALARM', 0.04)).toBe('OK');
    expect(() => alarmState(alarm, hour, START + 60 * MINUTE)).toThrow(/rag-cost-unusual .* give upperBand/);
  });
});

describe('statistics of a metric', () => {
  const published = [
    { at: START + 61_000, values: [1, 2] },
    { at: START, values: [3] },
    { at: START + FIVE_MINUTES, sum: 8, count: 2 },
    { at: START + 2 * FIVE_MINUTES, values: [] },
  ];

  it.each([
    ['Sum', [6, 8]],
    ['SampleCount', [3, 2]],
    ['Average', [2, 4]],
  ] as const)('are those of each period of the clock that has values: %s', (statistic, values) => {
    expect(datapoints({ statistic, periodSeconds: 300 }, published)).toEqual([
      { at: START, value: values[0] },
      { at: START + FIVE_MINUTES, value: values[1] },
    ]);
  });

  it('have percentiles only of single values', () => {
    const metric = { statistic: 'p99', periodSeconds: 300 } as const;
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(datapoints(metric, [{ at: START, values }])).toEqual([{ at: START, value: 198 }]);
    expect(() => datapoints(metric, published)).toThrow(/a percentile needs each value; at 2026-01-15T14:05/);
  });
});
