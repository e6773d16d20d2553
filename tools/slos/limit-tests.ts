import { liveTiers } from '../../constructs/prometheus/slo-rules';
import {
  burnAlertName,
  burnFactor,
  errorBudget,
  plain,
  type BurnTier,
  type Slo,
} from '../../content/slo-file';
import { burnRule, expectedAlert, patienceOf, type ExpectedAlert, type Links } from './expected-alert';
import { inputSeries, neighbourSeries, type InputSeries } from './input-series';
import { time, type RuleTest } from './rule-test';
import { alertTest, firingIn } from './rule-tests';
import { stretch } from './simulation';

/** Share by which a burn rate is above its factor where it shall be. */
const ABOVE = 1.05;

/** How a namespace stands to the three limits of a tier: 1 is a limit itself. */
interface Standing {
  readonly name: string;
  readonly long: number;
  readonly short: number;
  readonly events: number;
  readonly fires: boolean;
}

const STANDINGS: readonly Standing[] = [
  { name: 'enough', long: ABOVE, short: ABOVE, events: 1, fires: true },
  { name: 'long-at-limit', long: 1, short: ABOVE, events: 2, fires: false },
  { name: 'short-at-limit', long: ABOVE, short: 1, events: 2, fires: false },
  { name: 'few', long: ABOVE, short: ABOVE, events: 0.9, fires: false },
];

/**
 * Tests of each severity on burn rates as they would be recorded, so that values lie exactly at a limit, as no counters
 * make them. Another SLO burns beside, which the alert leaves to its own rules.
 */
export function limitTests(slo: Slo, links: Links): RuleTest[] {
  return (['critical', 'warning'] as const)
    .filter((severity) => liveTiers(slo).some((tier) => tier.severity === severity))
    .map((severity) => limitTest(slo, severity, links));
}

function limitTest(slo: Slo, severity: BurnTier['severity'], links: Links): RuleTest {
  const tiers = liveTiers(slo).filter((tier) => tier.severity === severity);
  const minutes = patienceOf(slo)[severity].hold;
  const standing = tiers.flatMap((tier) => STANDINGS.map((one): [BurnTier, Standing] => [tier, one]));
  const read = tiers.flatMap(({ long, short }) => [
    `slo:burn_rate:ratio_rate${long}`,
    `slo:burn_rate:ratio_rate${short}`,
    `slo:sli_errors:increase${long}`,
  ]);
  const beside = neighbourSeries(read, 'beside', 1000, minutes);
  return {
    name: `${slo.name}: a ${severity} alert fires above the burn rates, not at them`,
    interval: '1m',
    input_series: [...standing.flatMap(([tier, one]) => standingSeries(slo, tier, one, minutes)), ...beside],
    alert_rule_test: [
      {
        eval_time: time(minutes),
        alertname: burnAlertName(slo),
        exp_alerts: standing.flatMap(([tier, one]): ExpectedAlert[] =>
          one.fires
            ? [
                expectedAlert(
                  burnRule(slo, severity),
                  { namespace: namespaceOf(tier, one) },
                  plain(burnFactor(tier) * one.long),
                  links,
                ),
              ]
            : [],
        ),
      },
    ],
  };
}

function standingSeries(slo: Slo, tier: BurnTier, one: Standing, minutes: number): InputSeries[] {
  const factor = burnFactor(tier);
  const labels = `{namespace="${namespaceOf(tier, one)}", slo="${slo.name}"}`;
  const values: readonly [string, number][] = [
    [`slo:burn_rate:ratio_rate${tier.long}`, factor * one.long],
    [`slo:burn_rate:ratio_rate${tier.short}`, factor * one.short],
    [`slo:sli_errors:increase${tier.long}`, slo.minimumBadEvents * one.events],
  ];
  return values.map(([name, value]) => ({
    series: `${name}${labels}`,
    values: `${String(plain(value))}x${String(minutes)}`,
  }));
}

function namespaceOf({ long }: BurnTier, { name }: Standing): string {
  return `${name}-${long}`;
}

/**
 * How long the budget alerts wait and how long they outlast their cause, to the minute: nothing but faults for a while,
 * then so many good events that no window sees the faults.
 */
export function patienceTest(slo: Slo, links: Links): RuleTest {
  const patience = patienceOf(slo);
  const faults = patience.warning.hold + 5;
  const events = 100 * slo.minimumBadEvents;
  const good = Math.ceil((20 * faults * events) / errorBudget(slo));
  const stretches = [stretch(faults, events, 1), stretch(patience.warning.keep + 10, good, 0)];
  const minutes = stretches.reduce((sum, part) => sum + part.minutes, 0);
  const firing = firingIn(slo, { prod: stretches }, minutes, 1);
  const severities = [...new Set(liveTiers(slo).map(({ severity }) => severity))];
  const edges = severities.flatMap((severity) => {
    const fires = firing.map((alerts) => alerts.some((alert) => alert.severity === severity));
    const [first, last] = [fires.indexOf(true), fires.lastIndexOf(true)];
    if (first < 1 || last >= minutes) throw new Error(`${slo.name}: no ${severity} alert begins and ends`);
    return [first - 1, first, last, last + 1];
  });
  const waits = severities.map(
    (severity) => `${String(patience[severity].hold)} and ${String(patience[severity].keep)} minutes`,
  );
  return {
    name: `${slo.name}: alerts wait and outlast their cause by ${waits.join(', ')}`,
    interval: '1m',
    input_series: inputSeries(slo, 'prod', stretches),
    alert_rule_test: [...new Set(edges)]
      .sort((a, b) => a - b)
      .map((minute) => alertTest(slo, minute, firing[minute] ?? [], links)),
  };
}
