import type { AlarmModel, CompositeAlarmModel, MetricAlarmModel } from '../../../constructs/aws/alarm-model';
import { isRuleTrue } from '../../support/alarm-rule';
import { alarmState, type AlarmState } from '../../support/alarm-evaluator';
import { datapoints, type Published } from '../../support/alarm-statistics';
import { SuppressedActions } from '../../support/composite-alarm';
import { modelOf, stackOf } from '../../support/rendered';

const MINUTE = 60_000;

/** A start of an hour. */
const START = Date.UTC(2026, 0, 15, 14);

/** Upper bound of what CloudWatch has learnt of the mean cost. */
const USUAL_MEAN = 0.04;

const ALARMS: readonly AlarmModel[] = modelOf('prod').aws?.alarms ?? [];
const COST = ALARMS.filter(({ name }) => name.startsWith('rag-cost'));
const METRIC = COST.filter((alarm): alarm is MetricAlarmModel => alarm.kind === 'metric');
const COMPOSITE = COST.find((alarm): alarm is CompositeAlarmModel => alarm.kind === 'composite');

/** What Terraform gets for the composite. */
interface CompositeBody {
  readonly alarm_name: string;
  readonly alarm_rule: string;
  readonly actions_suppressor: {
    readonly alarm: string;
    readonly wait_period: number;
    readonly extension_period: number;
  };
}

const BODY = Object.values(stackOf('prod')['aws_cloudwatch_composite_alarm'] ?? {}).map(
  (body) => body as unknown as CompositeBody,
)[0];

/** Queries in each of so many minutes from a minute on, each of which costs so much. */
function queries(from: number, minutes: number, dollars: readonly number[]): Published[] {
  return Array.from({ length: minutes }, (_, minute) => ({
    at: START + (from + minute) * MINUTE,
    values: dollars,
  }));
}

/** Who tells what in which minute, with prod's own alarms. */
function told(published: readonly Published[], minutes: number): string[] {
  if (BODY === undefined) throw new Error('prod has no composite alarm');
  const { alarm_rule: rule, actions_suppressor: suppressor } = BODY;
  const points = new Map(METRIC.map((alarm) => [alarm.name, datapoints(alarm.metric, published)]));
  const states = new Map<string, AlarmState>(METRIC.map(({ name }) => [name, 'OK']));
  const stateOf = (name: string): AlarmState => {
    const state = states.get(name);
    if (state === undefined) throw new Error(`no alarm ${name}`);
    return state;
  };
  const composite = new SuppressedActions({
    waitSeconds: suppressor.wait_period,
    extensionSeconds: suppressor.extension_period,
  });
  const lines: { readonly at: number; readonly text: string }[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    const at = START + minute * MINUTE;
    for (const alarm of METRIC) {
      const before = stateOf(alarm.name);
      const state = alarmState(alarm, points.get(alarm.name) ?? [], at, before, USUAL_MEAN);
      states.set(alarm.name, state);
      if (state !== before && alarm.actions.length > 0) lines.push({ at, text: `${alarm.name} ${state}` });
    }
    composite.at(at, {
      suppressor: stateOf(suppressor.alarm),
      composite: isRuleTrue(rule, stateOf) ? 'ALARM' : 'OK',
    });
  }
  lines.push(...composite.taken.map(({ at, state }) => ({ at, text: `${BODY.alarm_name} ${state}` })));
  return lines
    .sort((one, other) => one.at - other.at)
    .map(({ at, text }) => `${String((at - START) / MINUTE)} ${text}`);
}

const HOUR = 60;

/** Usual queries from long before the start of the hour until it. */
const PAST = queries(-7 * HOUR, 7 * HOUR, [0.01]);

/** What is told in ten hours that begin with these queries and go on as usual after so many minutes. */
function toldOf(unusual: readonly Published[], minutes: number): string[] {
  return told([...PAST, ...unusual, ...queries(minutes, 10 * HOUR - minutes, [0.01])], 10 * HOUR);
}

describe("prod's alarms on cost", () => {
  it('tell nobody of usual queries', () => {
    expect(toldOf([], 0)).toEqual([]);
  });

  it('tell of a dear mean by rag-cost-anomaly alone', () => {
    expect(toldOf(queries(0, 10, [0.06]), 10)).toEqual([
      '5 rag-cost-anomaly ALARM',
      '15 rag-cost-anomaly OK',
    ]);
  });

  it('keep rag-cost silent as long as rag-cost-anomaly tells of the same queries, and until its windows are over', () => {
    const lines = toldOf(queries(0, 10, [0.51, 0.0001]), 10);
    expect(lines.slice(0, 2)).toEqual(['5 rag-cost-anomaly ALARM', '15 rag-cost-anomaly OK']);
    expect(lines.filter((line) => line.endsWith('rag-cost ALARM'))).toEqual(['65 rag-cost ALARM']);
  });

  it('tell at the end of the hour by rag-cost that its queries have used up too much of the budget', () => {
    expect(toldOf(queries(0, HOUR, [0.01, 0.01, 0.01]), HOUR)).toEqual([
      '65 rag-cost ALARM',
      '125 rag-cost OK',
    ]);
  });

  it('tell of outliers among cheap queries by rag-cost, after a wait for rag-cost-anomaly', () => {
    const few = [...Array.from({ length: 40 }, () => 0.001), 0.6];
    expect(toldOf(queries(0, 10, few), 10).slice(0, 2)).toEqual(['15 rag-cost ALARM', '25 rag-cost OK']);
  });

  it('tell of a mean that is dear for the hour, though below the threshold', () => {
    expect(toldOf(queries(0, 2 * HOUR, [0.045]), 2 * HOUR)[0]).toBe('50 rag-cost ALARM');
  });

  it('tell of silence once the last value has left the hours that CloudWatch reads', () => {
    expect(told(PAST, 10 * HOUR)).toEqual([`${String(8 * HOUR + 5)} rag-cost ALARM`]);
  });
});

describe("the rule of prod's composite alarm", () => {
  const rule = BODY?.alarm_rule ?? '';
  const children = COMPOSITE?.anyOf ?? [];

  it.each(children)('is true while %s alone rings', (ringing) => {
    expect(isRuleTrue(rule, (name) => (name === ringing ? 'ALARM' : 'OK'))).toBe(true);
  });

  it.each(['OK', 'INSUFFICIENT_DATA'] as const)('is false while all of them are %s', (state) => {
    expect(children).toHaveLength(4);
    expect(isRuleTrue(rule, () => state)).toBe(false);
  });

  it('does not ask for its suppressor', () => {
    expect(isRuleTrue(rule, (name) => (name === 'rag-cost-anomaly' ? 'ALARM' : 'OK'))).toBe(false);
    expect(BODY?.actions_suppressor.alarm).toBe('rag-cost-anomaly');
  });
});
