import type { AlarmState } from './alarm-evaluator';
import { SuppressedActions, type SuppressedBy } from './composite-alarm';

/** A change at a time, in AWS's units of time. */
type Change = readonly [at: number, alarm: 'composite' | 'suppressor', state: AlarmState];

/** AWS's examples wait 2 units of time, and extend by 3. */
const PERIODS = { waitSeconds: 2, extensionSeconds: 3 };

const UNTIL = 20;

/** What happens up to each second. */
function replay(changes: readonly Change[], before: ConstructorParameters<typeof SuppressedActions>[1] = {}) {
  const actions = new SuppressedActions(PERIODS, before);
  const by: (SuppressedBy | undefined)[] = [];
  for (let at = 0; at <= UNTIL; at++) {
    actions.at(at * 1_000, {});
    for (const [, alarm, state] of changes.filter(([when]) => when === at)) {
      actions.at(at * 1_000, { [alarm]: state });
    }
    by.push(actions.suppressedBy);
  }
  return { taken: actions.taken.map(({ at, state }) => `t${String(at / 1_000)} ${state}`), by };
}

describe("a composite alarm with a suppressor acts as in AWS's examples", () => {
  it('1: it acts when the WaitPeriod has run out', () => {
    const { taken, by } = replay([[2, 'composite', 'ALARM']]);
    expect(taken).toEqual(['t4 ALARM']);
    expect(by.slice(1, 5)).toEqual([undefined, 'WaitPeriod', 'WaitPeriod', undefined]);
  });

  it('2: a suppressor that rings in the WaitPeriod keeps it silent', () => {
    const { taken, by } = replay([
      [2, 'composite', 'ALARM'],
      [3, 'suppressor', 'ALARM'],
    ]);
    expect(taken).toEqual([]);
    expect(by.slice(1, 5)).toEqual([undefined, 'WaitPeriod', 'Alarm', 'Alarm']);
  });

  it('3: a change in the WaitPeriod starts a new one, after which it acts', () => {
    const { taken } = replay([
      [2, 'composite', 'ALARM'],
      [3, 'composite', 'OK'],
    ]);
    expect(taken).toEqual(['t5 OK']);
  });

  it('4: a suppressor that rings already keeps it silent', () => {
    const { taken, by } = replay([[2, 'composite', 'ALARM']], { suppressor: 'ALARM' });
    expect(taken).toEqual([]);
    expect(new Set(by)).toEqual(new Set(['Alarm']));
  });

  it('5: it acts when the ExtensionPeriod has run out', () => {
    const { taken, by } = replay([
      [2, 'composite', 'ALARM'],
      [3, 'suppressor', 'ALARM'],
      [6, 'suppressor', 'OK'],
    ]);
    expect(taken).toEqual(['t9 ALARM']);
    expect(by.slice(5, 10)).toEqual([
      'Alarm',
      'ExtensionPeriod',
      'ExtensionPeriod',
      'ExtensionPeriod',
      undefined,
    ]);
  });

  it('6: a change in the ExtensionPeriod starts a WaitPeriod in its place', () => {
    const { taken, by } = replay([
      [2, 'composite', 'ALARM'],
      [3, 'suppressor', 'ALARM'],
      [6, 'suppressor', 'OK'],
      [7, 'composite', 'OK'],
    ]);
    expect(by.slice(6, 10)).toEqual(['ExtensionPeriod', 'WaitPeriod', 'WaitPeriod', undefined]);
    expect(taken).toEqual(['t9 OK']);
  });
});

describe('a composite alarm with a suppressor', () => {
  it('says nothing when only the suppressor comes and goes', () => {
    const { taken } = replay([
      [2, 'suppressor', 'ALARM'],
      [6, 'suppressor', 'INSUFFICIENT_DATA'],
    ]);
    expect(taken).toEqual([]);
  });

  it('tells trouble and its end, each after a WaitPeriod', () => {
    const { taken } = replay([
      [2, 'composite', 'ALARM'],
      [10, 'composite', 'OK'],
    ]);
    expect(taken).toEqual(['t4 ALARM', 't12 OK']);
  });
});
