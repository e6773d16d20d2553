import type { MetricAlarmModel } from '../../constructs/aws/alarm-model';
import { periodStart, type Datapoint } from './alarm-statistics';

/** A state of a CloudWatch alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What becomes of a period without a value. */
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** How many periods count, out of how many. */
export interface Evaluation {
  readonly evaluationPeriods: number;
  /** @default - all */
  readonly datapointsToAlarm?: number;
  readonly treatMissingData: MissingData;
}

/** One period: beyond the threshold or not; `undefined`: no value. */
export type Judged = boolean | undefined;

/** Periods that CloudWatch reads beyond those that it evaluates, in the examples of its documentation. */
const EXTRA_PERIODS = 2;

/** Comparisons of CloudWatch's metric alarms. */
const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * State of an alarm of the stack, by the values of its metric. The period that `now` lies in has not ended and does not
 * count.
 *
 * @param points by period of the clock
 * @param now Unix time in milliseconds
 * @param before the alarm's state so far
 * @param upperBand upper bound of what CloudWatch has learnt, for an alarm on an anomaly
 */
export function alarmState(
  alarm: MetricAlarmModel,
  points: readonly Datapoint[],
  now: number,
  before: AlarmState = 'INSUFFICIENT_DATA',
  upperBand?: number,
): AlarmState {
  const period = alarm.metric.periodSeconds * 1000;
  const end = periodStart(now, alarm.metric.periodSeconds);
  const values = new Map(points.map(({ at, value }) => [at, value]));
  const range = Array.from({ length: alarm.evaluationPeriods + EXTRA_PERIODS }, (_, index) => {
    const value = values.get(end - (index + 1) * period);
    return value === undefined ? undefined : isBreaching(alarm, value, upperBand);
  });
  return stateOf(range.reverse(), alarm, before);
}

function isBreaching({ name, condition }: MetricAlarmModel, value: number, upperBand?: number): boolean {
  if (condition.kind === 'threshold') return compare(condition.comparison, value, condition.threshold);
  if (upperBand === undefined)
    throw new Error(`${name} compares with what CloudWatch has learnt: give upperBand`);
  return value > upperBand;
}

/** Whether a value is beyond a threshold, by CloudWatch's name of the comparison. */
export function compare(comparison: string, value: number, threshold: number): boolean {
  const found = COMPARISONS[comparison];
  if (found === undefined) throw new Error(`no comparison ${comparison}`);
  return found(value, threshold);
}

/**
 * CloudWatch's evaluation of a range of periods.
 *
 * Values that there are come first: the most recent ones, from as far back as the range goes. Only what is then missing
 * of `evaluationPeriods` is filled in by `treatMissingData`. An alarm that fills in nothing rings on fewer values than it
 * wants if all of them are breaching and the oldest is at least `datapointsToAlarm` periods old.
 *
 * @param range periods of the evaluation range, the most recent last
 * @param before the alarm's state so far
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function stateOf(range: readonly Judged[], evaluation: Evaluation, before: AlarmState): AlarmState {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData } = evaluation;
  const real = range.filter((judged) => judged !== undefined).slice(-evaluationPeriods);
  const missing = evaluationPeriods - real.length;
  const breaching = real.filter((judged) => judged).length;
  const filled = treatMissingData === 'breaching' ? missing : 0;
  if (breaching + filled >= datapointsToAlarm) return 'ALARM';
  if (missing === 0 || filled > 0 || treatMissingData === 'notBreaching') return 'OK';
  if (breaching < real.length) return 'OK';
  if (treatMissingData === 'ignore') return before;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  // All that is there is breaching, but it is little. What state a young value leaves is not documented, only that it is no new alarm.
  const age = range.length - range.indexOf(true);
  return age >= datapointsToAlarm ? 'ALARM' : before;
}
