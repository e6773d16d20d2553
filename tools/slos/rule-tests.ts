import { liveTiers } from '../../constructs/prometheus/slo-rules';
import {
  burnAlertName,
  burnFactor,
  errorBudget,
  plain,
  windowMinutes,
  type BurnTier,
  type Slo,
} from '../../content/slo-file';
import { burnRule, expectedAlert, patienceOf, type Links } from './expected-alert';
import { inputSeries, type InputSeries } from './input-series';
import { LONG_STEP, time, valueTest, type AlertTest, type RuleTest } from './rule-test';
import { firingAlerts, Simulation, stretch, type Firing, type Stretch } from './simulation';

/** Events in each minute: enough for whole ones to tell 0.9 of a budget of 0.001 % from all of it. */
const TRAFFIC = 2_000_000;

/** The minutes that a test is built of. */
interface Pace {
  /** Between two evaluations. */
  readonly step: number;
  /** Heavy traffic without a fault, after which longer windows than the tier's see next to nothing of what follows. */
  readonly prelude: number;
  /** Until a new share has reached the 5-minute rates. */
  readonly settling: number;
}

/** Windows of up to six hours are looked at each minute, longer ones, to save time, as seldom as a warning waits. */
const PACES: Readonly<Record<BurnTier['severity'], Pace>> = {
  critical: { step: 1, prelude: 10, settling: 6 },
  warning: { step: LONG_STEP, prelude: LONG_STEP, settling: LONG_STEP },
};

/** The traffic of each namespace. */
type Namespaces = Readonly<Record<string, readonly Stretch[]>>;

/**
 * Tests of the alerts of one severity on the error budget. For each tier four namespaces differ in one thing: one burns above the
 * factor, one below it, one has stopped, one has just begun. Which of them fire, when and with what value comes from a
 * simulation of the rules, and the tests let Prometheus itself confirm it.
 *
 * @throws Error where a tier would fire alone in no case, so that no test could tell whether it is there
 */
export function burnTests(slo: Slo, severity: BurnTier['severity'], links: Links): RuleTest[] {
  const tiers = liveTiers(slo).filter((tier) => tier.severity === severity);
  return tiers.map((tier) => tierTest(slo, tier, links));
}

function tierTest(slo: Slo, tier: BurnTier, links: Links): RuleTest {
  const { hold, keep } = patienceOf(slo)[tier.severity];
  const { step, prelude, settling } = PACES[tier.severity];
  const length = prelude + windowMinutes(lengthOf(tier)) + settling + hold;
  const tail = windowMinutes(tier.short) + keep + settling;
  const namespaces = burning(slo, tier, length, tail);
  const title = `${tier.long} and ${tier.short} at ${String(burnFactor(tier))} times the budget`;
  const firing = firingIn(slo, namespaces, length + tail, step);
  const first = firing.findIndex((alerts) => alerts.length > 0);
  const last = firing.findLastIndex((alerts) => alerts.length > 0);
  const alone = firing.every((alerts) =>
    alerts.every((alert) => alert.namespace === 'prod' && alert.severity === tier.severity),
  );
  if (first < 1 || last >= firing.length - 1 || !alone) {
    throw new Error(`${slo.name}: the tier ${title} cannot be tested alone`);
  }
  return {
    name: `${slo.name}: ${title}, a ${tier.severity} alert`,
    interval: '1m',
    input_series: seriesOf(slo, namespaces),
    alert_rule_test: [first - 1, first, last, last + 1].map((index) =>
      alertTest(slo, index * step, firing[index] ?? [], links),
    ),
  };
}

/** The window of three days need not be full: what is not there weighs nothing. */
function lengthOf({ long }: BurnTier): BurnTier['long'] | '12h' {
  return long === '3d' ? '12h' : long;
}

function burning(slo: Slo, tier: BurnTier, length: number, tail: number): Namespaces {
  const { prelude: before, settling } = PACES[tier.severity];
  const steady = (minutes: number, burnRate: number): Stretch =>
    stretch(minutes, TRAFFIC, Math.min(1, burnRate * errorBudget(slo)));
  const factor = burnFactor(tier);
  const fast = 1.8 * factor;
  // Heavy enough that even the fastest of them burns a tenth of the budget over everything.
  const heavy = stretch(before, Math.ceil((fast * 10 * length) / before) * TRAFFIC, 0);
  const longest = tier.long === '3d';
  const rest = length - before;
  const spike = windowMinutes(tier.short) + settling;
  return {
    // Burns faster than the factor, then stops.
    prod: [longest ? steady(before, 1.1 * factor) : heavy, steady(rest, 1.1 * factor), steady(tail, 0)],
    // Never quite.
    staging: [longest ? steady(before, 0) : heavy, steady(rest + tail, 0.9 * factor)],
    // Has burnt fast, and stopped before the long window was full of it.
    canary: [heavy, steady(rest - settling - tail, fast), steady(2 * tail + settling, 0)],
    // Has burnt fast for no longer than the short window.
    dev: [heavy, steady(rest + tail - spike, 0), steady(spike, fast)],
  };
}

/** With hardly any traffic a share of 100 % is still no more than a few events. */
export function guardTest(slo: Slo, links: Links): RuleTest {
  const minutes = 60;
  const onlyBad = (share: number): Stretch[] => {
    const each = plain((slo.minimumBadEvents * share) / minutes);
    return [{ minutes, total: each, bad: each }];
  };
  const namespaces = { prod: onlyBad(1.5), staging: onlyBad(0.9) };
  const firing = firingIn(slo, namespaces, minutes, 1);
  const simulation = new Simulation(slo, namespaces.prod, 1);
  const windows = [...new Set(liveTiers(slo).map(({ long }) => long))];
  return {
    name: `${slo.name}: fewer than ${String(slo.minimumBadEvents)} bad events say nothing`,
    interval: '1m',
    input_series: seriesOf(slo, namespaces),
    alert_rule_test: [alertTest(slo, minutes, firing[minutes] ?? [], links)],
    promql_expr_test: windows.map((window) =>
      valueTest(
        `slo:sli_errors:increase${window}{namespace="prod", slo="${slo.name}"}`,
        minutes,
        simulation.badEvents(window, minutes),
      ),
    ),
  };
}

/** An alert and where it fires. */
interface LocalFiring extends Firing {
  readonly namespace: string;
}

/** The budget alerts that fire in each namespace, at each evaluation up to a minute. */
export function firingIn(slo: Slo, namespaces: Namespaces, minutes: number, step: number): LocalFiring[][] {
  const byNamespace = Object.entries(namespaces).map(([namespace, stretches]) =>
    firingAlerts(slo, new Simulation(slo, stretches, step), minutes, patienceOf(slo)).map((alerts) =>
      alerts.map((alert) => ({ ...alert, namespace })),
    ),
  );
  return Array.from({ length: minutes / step + 1 }, (_, index) =>
    byNamespace.flatMap((all) => all[index] ?? []),
  );
}

function seriesOf(slo: Slo, namespaces: Namespaces): InputSeries[] {
  return Object.entries(namespaces).flatMap(([namespace, stretches]) =>
    inputSeries(slo, namespace, stretches),
  );
}

/** Asks for the budget alerts of an SLO at a minute. */
export function alertTest(slo: Slo, minute: number, firing: readonly LocalFiring[], links: Links): AlertTest {
  return {
    eval_time: time(minute),
    alertname: burnAlertName(slo),
    exp_alerts: firing.map(({ namespace, severity, value }) =>
      expectedAlert(burnRule(slo, severity), { namespace }, value, links),
    ),
  };
}
