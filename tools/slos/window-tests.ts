import { NO_DATA_ALERT, sloRules } from '../../constructs/prometheus/slo-rules';
import { SLO_WINDOWS, type Slo } from '../../content/slo-file';
import { expectedAlert, type Links } from './expected-alert';
import { inputSeries, type InputOptions } from './input-series';
import { LONG_STEP, time, valueTest, type RuleTest } from './rule-test';
import { Simulation, stretch, type Stretch } from './simulation';

const HOUR = 60;
const DAY = 24 * HOUR;

/** A month in which each window sees another share of bad events, and of which the middle is three times as busy. */
const MONTH: readonly Stretch[] = [
  stretch(20 * DAY, 10_000, 0),
  stretch(7 * DAY, 30_000, 0.001),
  stretch(2 * DAY, 10_000, 0.01),
  stretch(18 * HOUR, 20_000, 0.02),
  stretch(4 * HOUR, 10_000, 0.04),
  stretch(HOUR, 5_000, 0.08),
  stretch(HOUR / 2, 10_000, 0.16),
  stretch(HOUR / 4, 20_000, 0.2),
  stretch(HOUR / 4, 10_000, 0.32),
];

/** Tests of what is recorded over each window, and of the alert that there is nothing to record. */
export function windowTests(slo: Slo, links: Links): RuleTest[] {
  const missing =
    'bad' in slo.sli ? {} : { [`${slo.name}: the histogram lacks the bucket`]: { totalOnly: true } };
  return [
    monthTest(slo),
    vanishedTest(slo, links),
    ...Object.entries({ [`${slo.name}: no namespace has ever had data`]: undefined, ...missing }).map(
      ([name, options]) => neverTest(slo, name, options, links),
    ),
  ];
}

function monthTest(slo: Slo): RuleTest {
  const minutes = MONTH.reduce((sum, part) => sum + part.minutes, 0);
  const simulation = new Simulation(slo, MONTH, LONG_STEP);
  const labels = `{namespace="prod", slo="${slo.name}"}`;
  const values: readonly [string, number][] = [
    ...[...SLO_WINDOWS, slo.window].map((window): [string, number] => [
      `slo:sli_error:ratio_rate${window}${labels}`,
      simulation.share(window, minutes),
    ]),
    ...SLO_WINDOWS.map((window): [string, number] => [
      `slo:burn_rate:ratio_rate${window}${labels}`,
      simulation.burnRate(window, minutes),
    ]),
    [`slo:error_budget_remaining:ratio${labels}`, 1 - simulation.burnRate(slo.window, minutes)],
    [`slo:objective:ratio{slo="${slo.name}"}`, slo.objective],
    [`slo:sli_events:rate5m${labels}`, 10_000 / 60],
    [`slo:sli_errors:rate5m${labels}`, 3_200 / 60],
  ];
  return {
    name: `${slo.name}: each window has its own share of bad events`,
    interval: '1m',
    input_series: inputSeries(slo, 'prod', MONTH),
    promql_expr_test: values.map(([series, value]) => valueTest(series, minutes, value)),
  };
}

/** One namespace loses its data, another has no traffic: that is no want of data. */
function vanishedTest(slo: Slo, links: Links): RuleTest {
  const steady = stretch(30, 100, 0);
  const idle = stretch(26 * HOUR, 0, 0);
  return {
    name: `${slo.name}: the data of one namespace are gone`,
    interval: '1m',
    input_series: [
      ...inputSeries(slo, 'prod', [steady], { end: 'stale' }),
      ...inputSeries(slo, 'staging', [idle]),
    ],
    alert_rule_test: [
      noDataTest(slo, 45, undefined, links),
      noDataTest(slo, HOUR, { namespace: 'prod' }, links),
      noDataTest(slo, DAY + 15, { namespace: 'prod' }, links),
      // What has been gone for a day was taken away on purpose.
      noDataTest(slo, DAY + HOUR + 15, undefined, links),
    ],
  };
}

function neverTest(slo: Slo, name: string, options: InputOptions | undefined, links: Links): RuleTest {
  const steady = stretch(2 * HOUR, 100, 0);
  return {
    name,
    interval: '1m',
    input_series: options === undefined ? [] : inputSeries(slo, 'prod', [steady], options),
    alert_rule_test: [noDataTest(slo, 0, undefined, links), noDataTest(slo, 15, {}, links)],
  };
}

function noDataTest(slo: Slo, minute: number, labels: Record<string, string> | undefined, links: Links) {
  const rule = sloRules(slo)
    .groups.flatMap((group) =>
      group.rules.map((found) => ({ ...found, labels: { ...group.labels, ...found.labels } })),
    )
    .find(({ alert }) => alert === NO_DATA_ALERT);
  if (rule === undefined) throw new Error(`${slo.name} has no alert ${NO_DATA_ALERT}`);
  return {
    eval_time: time(minute),
    alertname: NO_DATA_ALERT,
    exp_alerts: labels === undefined ? [] : [expectedAlert(rule, labels, 0, links)],
  };
}
