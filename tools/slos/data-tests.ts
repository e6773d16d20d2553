import { NO_DATA_ALERT, sloRules } from '../../constructs/prometheus/slo-rules';
import type { Slo } from '../../content/slo-file';
import { expectedAlert, type Links } from './expected-alert';
import { inputSeries, neighbourSeries, type InputOptions } from './input-series';
import { time, type AlertTest, type RuleTest } from './rule-test';
import { stretch } from './simulation';

const HOUR = 60;
const DAY = 24 * HOUR;

/** What is recorded for another SLO. */
const NEIGHBOUR_SERIES = ['slo:sli_events:rate5m', 'slo:sli_errors:rate5m'];

/** Tests of the alert that there is nothing to record, over days. */
export function dataTests(slo: Slo, links: Links): RuleTest[] {
  const missing =
    'bad' in slo.sli ? {} : { [`${slo.name}: the histogram lacks the bucket`]: { totalOnly: true } };
  return [
    vanishedTest(slo, links),
    lastVanishedTest(slo, links),
    ...Object.entries({ [`${slo.name}: no namespace has ever had data`]: undefined, ...missing }).map(
      ([name, options]) => neverTest(slo, name, options, links),
    ),
  ];
}

/** How long the alert waits and how long it outlasts its cause, to the minute. */
export function comesBackTest(slo: Slo, links: Links): RuleTest {
  const gone = { namespace: 'prod' };
  return {
    name: `${slo.name}: the data of a namespace are gone for half an hour`,
    interval: '1m',
    input_series: inputSeries(slo, 'prod', [stretch(30, 100, 0)], { end: 'stale _x29 9000+100x60' }),
    alert_rule_test: [
      // The last two samples within 5 minutes are those of 29 and 30; from 34 on there is no rate.
      noDataTest(slo, 48, undefined, links),
      noDataTest(slo, 49, gone, links),
      // The first two samples are those of 61 and 62.
      noDataTest(slo, 76, gone, links),
      noDataTest(slo, 77, undefined, links),
    ],
  };
}

/** One namespace loses its data, another has no traffic: that is no want of data. */
function vanishedTest(slo: Slo, links: Links): RuleTest {
  const idle = stretch(26 * HOUR, 0, 0);
  return {
    name: `${slo.name}: the data of one namespace are gone`,
    interval: '1m',
    input_series: [
      ...inputSeries(slo, 'prod', [stretch(30, 100, 0)], { end: 'stale' }),
      ...inputSeries(slo, 'staging', [idle]),
      ...neighbourSeries(NEIGHBOUR_SERIES, 'elsewhere', 7, 30),
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

/** The only namespace loses its data, and after a day nothing is left that could be named. */
function lastVanishedTest(slo: Slo, links: Links): RuleTest {
  return {
    name: `${slo.name}: the data of the only namespace are gone`,
    interval: '1m',
    input_series: inputSeries(slo, 'prod', [stretch(30, 100, 0)], { end: 'stale' }),
    alert_rule_test: [
      noDataTest(slo, DAY, { namespace: 'prod' }, links),
      noDataTest(slo, DAY + HOUR + 15, {}, links),
    ],
  };
}

/** Another SLO has data all the same. */
function neverTest(slo: Slo, name: string, options: InputOptions | undefined, links: Links): RuleTest {
  const steady = stretch(2 * HOUR, 100, 0);
  return {
    name,
    interval: '1m',
    input_series: [
      ...(options === undefined ? [] : inputSeries(slo, 'prod', [steady], options)),
      ...neighbourSeries(NEIGHBOUR_SERIES.slice(1), 'prod', 7, 10),
    ],
    alert_rule_test: [noDataTest(slo, 0, undefined, links), noDataTest(slo, 15, {}, links)],
  };
}

function noDataTest(
  slo: Slo,
  minute: number,
  labels: Readonly<Record<string, string>> | undefined,
  links: Links,
): AlertTest {
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
