import type { CompositeAlarmModel } from '../../constructs/aws/alarm-model';
import type { AlarmState } from './alarm-evaluator';

/** What keeps a composite alarm from its actions, as DescribeAlarms calls it. */
export type SuppressedBy = 'Alarm' | 'WaitPeriod' | 'ExtensionPeriod';

/** Actions that were taken: those of the state. */
export interface TakenActions {
  /** Milliseconds. */
  readonly at: number;
  readonly state: AlarmState;
}

/** A period that keeps a composite alarm silent. */
interface Period {
  readonly kind: 'WaitPeriod' | 'ExtensionPeriod';
  readonly ends: number;
}

/**
 * When a composite alarm with a suppressor takes its actions.
 *
 * Each change of its state starts a WaitPeriod, in place of any other period. A suppressor that goes into ALARM ends the
 * period and keeps the actions back while it lasts; when it leaves ALARM, an ExtensionPeriod starts. When a period has run
 * out, the actions of the present state are taken, if any change was kept back: whether a suppressor that comes and goes
 * while the composite does not change makes it speak again is not documented.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
export class SuppressedActions {
  readonly #taken: TakenActions[] = [];
  #state: AlarmState;
  #suppressing: boolean;
  #period: Period | undefined;
  #keptBack = false;

  /** @param state the composite's state so far, whose actions were taken */
  constructor(
    private readonly suppressor: Pick<CompositeAlarmModel['suppressor'], 'waitSeconds' | 'extensionSeconds'>,
    { state = 'OK', suppressor: other = 'OK' }: { state?: AlarmState; suppressor?: AlarmState } = {},
  ) {
    this.#state = state;
    this.#suppressing = other === 'ALARM';
  }

  /**
   * Tells what state the composite and its suppressor have at a time, and what has run out until then. A suppressor that
   * changes at the same time as the composite comes first.
   */
  at(at: number, states: { readonly composite?: AlarmState; readonly suppressor?: AlarmState }): void {
    this.#runOut(at);
    const { composite = this.#state, suppressor } = states;
    if (suppressor !== undefined) this.#suppress(at, suppressor === 'ALARM');
    if (composite !== this.#state) this.#change(at, composite);
  }

  /** The actions taken so far. */
  get taken(): readonly TakenActions[] {
    return this.#taken;
  }

  /** What would keep an action back now. */
  get suppressedBy(): SuppressedBy | undefined {
    return this.#suppressing ? 'Alarm' : this.#period?.kind;
  }

  #runOut(at: number): void {
    if (this.#period === undefined || this.#period.ends > at) return;
    if (this.#keptBack) this.#taken.push({ at: this.#period.ends, state: this.#state });
    this.#keptBack = false;
    this.#period = undefined;
  }

  #suppress(at: number, suppressing: boolean): void {
    if (suppressing === this.#suppressing) return;
    this.#suppressing = suppressing;
    const ends = at + this.suppressor.extensionSeconds * 1_000;
    this.#period = suppressing ? undefined : { kind: 'ExtensionPeriod', ends };
  }

  #change(at: number, state: AlarmState): void {
    this.#state = state;
    this.#keptBack = true;
    if (this.#suppressing) return;
    this.#period = { kind: 'WaitPeriod', ends: at + this.suppressor.waitSeconds * 1_000 };
  }
}
