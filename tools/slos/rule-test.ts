import type { ExpectedAlert } from './expected-alert';
import type { InputSeries } from './input-series';

/** An alert at one time. */
export interface AlertTest {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly ExpectedAlert[];
}

/** The result of an expression at one time. */
export interface ValueTest {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** One test of a promtool file. */
export interface RuleTest {
  readonly name: string;
  readonly interval: '1m';
  readonly input_series: readonly InputSeries[];
  /** @default [] */
  readonly alert_rule_test?: readonly AlertTest[];
  /** @default [] */
  readonly promql_expr_test?: readonly ValueTest[];
}

/** Minutes between two evaluations in tests of windows of days: each minute would take long. */
export const LONG_STEP = 15;

/** Minutes between two evaluations in tests of the window of 30 days. */
export const MONTH_STEP = 12 * 60;

/** Parts of one that are compared: Prometheus adds up in another order, and promtool wants the last bit. */
const MILLION = 1e6;

/** Holds a series, written with its labels, against a value. */
export function valueTest(series: string, minute: number, value: number): ValueTest {
  return {
    expr: `round(${series}, 0.000001)`,
    eval_time: time(minute),
    exp_samples: [{ labels: series.replace(/^[^{]*/, ''), value: Math.round(value * MILLION) / MILLION }],
  };
}

/** Holds all series of one name and SLO against their values, by namespace: no other may be there. */
export function valuesTest(
  name: string,
  slo: string,
  minute: number,
  values: Readonly<Record<string, number>>,
): ValueTest {
  return {
    expr: `round(${name}{slo="${slo}"}, 0.000001)`,
    eval_time: time(minute),
    exp_samples: Object.entries(values).map(([namespace, value]) => ({
      labels: `{namespace="${namespace}", slo="${slo}"}`,
      value: Math.round(value * MILLION) / MILLION,
    })),
  };
}

/** Minutes as promtool reads them. */
export function time(minutes: number): string {
  return `${String(minutes)}m`;
}
