import type { Rule, RuleDocument } from '../../content/rules';
import {
  burnAlertName,
  burnFactor,
  errorBudget,
  isAlive,
  plain,
  SLO_WINDOWS,
  wantedTiers,
  type BurnTier,
  type Slo,
} from '../../content/slo-file';
import { decimal } from './rule-files';

/** Name of the alert that says that an SLO cannot be measured; one for all, told apart by the label `slo`. */
export const NO_DATA_ALERT = 'SloWithoutData';

/** Dashboard of all SLOs. */
const DASHBOARD_UID = 'rag-error-budget';

/** {@link INTERVAL_SECONDS} as Prometheus writes it. */
const INTERVAL = '1m';

/**
 * Seconds between two evaluations. The sums below multiply with it: a mean of 5 minutes, recorded each minute, stands for
 * one minute of events.
 */
const INTERVAL_SECONDS = 60;

/** How long a condition holds before the alert fires, how long it fires on, and why. */
const PATIENCE = {
  critical: {
    for: '2m',
    keep_firing_for: '5m',
    reason: 'The windows do the waiting; two evaluations outlast one that read a half-filled Prometheus.',
  },
  warning: {
    for: '15m',
    keep_firing_for: '30m',
    reason: 'Nobody reads a ticket within minutes, and one that comes and goes is several tickets.',
  },
  noData: {
    for: '15m',
    keep_firing_for: '15m',
    reason: 'A rollout, or a restart of Prometheus, is over before this.',
  },
} as const;

/**
 * The rules of one SLO: what is bad and how much happened, its share over several windows, how fast the error budget
 * burns and what is left of it, alerts on that, and one for the case that there is nothing to compute from.
 *
 * Long windows are sums of recorded rates, never a range over the application's own series, and weigh each minute by
 * its traffic. Both sides of a quotient name the SLO, to read no more than they need; conditions on what is recorded do so
 * once, since `and` and `unless` match on the label `slo` as well.
 *
 * @returns the content of a rule file, with placeholders for links; tiers that could never fire are left out
 */
export function sloRules(slo: Slo): RuleDocument {
  const { name, team, service } = slo;
  return {
    groups: [
      {
        name: `recording-slo-${name}`,
        interval: INTERVAL,
        labels: { slo: name },
        rules: [...eventRules(slo), ...shareRules(slo), ...burnRules(slo)],
      },
      {
        // Thirty days of samples are read each time, and what is left of a month changes slowly.
        name: `recording-slo-${name}-budget`,
        interval: '2m',
        labels: { slo: name },
        rules: budgetRules(slo),
      },
      {
        name: `slo-${name}-alerts`,
        interval: INTERVAL,
        labels: { slo: name, team, service },
        rules: [...burnAlerts(slo), noDataAlert(slo)],
      },
    ],
  };
}

/** The tiers that become alerts. */
export function liveTiers(slo: Slo): readonly BurnTier[] {
  return wantedTiers(slo).filter((tier) => isAlive(tier, slo));
}

/** Why an alert waits as long as its `for` says; undefined for a recording rule. */
export function reasonOf({ alert, labels }: Rule): string | undefined {
  if (alert === undefined) return undefined;
  if (alert === NO_DATA_ALERT) return PATIENCE.noData.reason;
  return labels?.['severity'] === 'critical' ? PATIENCE.critical.reason : PATIENCE.warning.reason;
}

function eventRules({ name, sli }: Slo): Rule[] {
  const total = `sum by (namespace) (rate(${sli.total}[5m]))`;
  const events = `slo:sli_events:rate5m{slo="${name}"}`;
  const errors =
    'bad' in sli
      ? `sum by (namespace) (rate(${sli.bad}[5m]))\nor on (namespace)\n0 * ${events}`
      : `clamp_min(\n  ${total}\n  - sum by (namespace) (rate(${sli.good}[5m])),\n  0\n)`;
  return [
    { record: 'slo:sli_events:rate5m', expr: total },
    { record: 'slo:sli_errors:rate5m', expr: errors },
  ];
}

function shareRules(slo: Slo): Rule[] {
  const { name } = slo;
  const longWindows = SLO_WINDOWS.filter((window) => wantedTiers(slo).some(({ long }) => long === window));
  return [
    ...SLO_WINDOWS.map((window) => ({
      record: `slo:sli_error:ratio_rate${window}`,
      expr: window === '5m' ? quotient(name) : shareOver(name, window),
    })),
    ...longWindows.map((window) => ({
      record: `slo:sli_errors:increase${window}`,
      expr: `sum_over_time(slo:sli_errors:rate5m{slo="${name}"}[${window}]) * ${String(INTERVAL_SECONDS)}`,
    })),
  ];
}

function quotient(name: string): string {
  return `slo:sli_errors:rate5m{slo="${name}"}\n/ on (namespace)\n(slo:sli_events:rate5m{slo="${name}"} > 0)`;
}

function shareOver(name: string, window: string): string {
  return [
    `sum_over_time(slo:sli_errors:rate5m{slo="${name}"}[${window}])`,
    '/ on (namespace)',
    `(sum_over_time(slo:sli_events:rate5m{slo="${name}"}[${window}]) > 0)`,
  ].join('\n');
}

function burnRules(slo: Slo): Rule[] {
  const budget = decimal(errorBudget(slo));
  return SLO_WINDOWS.map((window) => ({
    record: `slo:burn_rate:ratio_rate${window}`,
    expr: `slo:sli_error:ratio_rate${window}{slo="${slo.name}"} / ${budget}`,
  }));
}

function budgetRules(slo: Slo): Rule[] {
  const { name, objective, window } = slo;
  return [
    { record: 'slo:objective:ratio', expr: `vector(${decimal(objective)})` },
    { record: `slo:sli_error:ratio_rate${window}`, expr: shareOver(name, window) },
    {
      record: 'slo:error_budget_remaining:ratio',
      expr: `1 - slo:sli_error:ratio_rate${window}{slo="${name}"} / ${decimal(errorBudget(slo))}`,
    },
  ];
}

function burnAlerts(slo: Slo): Rule[] {
  const tiers = liveTiers(slo);
  return (['critical', 'warning'] as const).flatMap((severity) => {
    const conditions = tiers.filter((tier) => tier.severity === severity);
    if (conditions.length === 0) return [];
    return [
      {
        alert: burnAlertName(slo),
        expr: conditions.map((tier) => condition(slo, tier)).join('\nor\n'),
        for: PATIENCE[severity].for,
        keep_firing_for: PATIENCE[severity].keep_firing_for,
        labels: { severity },
        annotations: {
          summary: `${slo.problem} in {{ $labels.namespace }}: the error budget is running out`,
          description: `In {{ $labels.namespace }} the error budget of "${slo.title}" burns {{ $value | printf "%.1f" }} times as fast as it may. The objective is ${percent(slo.objective)} over ${slo.window}.`,
          runbook_url: `\${links.runbooks}/${burnAlertName(slo)}.md`,
          dashboard_url: `\${links.grafana}/d/${DASHBOARD_UID}?var-slo=${slo.name}`,
        },
      },
    ];
  });
}

function condition({ name, minimumBadEvents }: Slo, tier: BurnTier): string {
  const factor = decimal(burnFactor(tier));
  return [
    '(',
    `  slo:burn_rate:ratio_rate${tier.long}{slo="${name}"} > ${factor}`,
    '  and',
    `  slo:burn_rate:ratio_rate${tier.short} > ${factor}`,
    '  and',
    `  slo:sli_errors:increase${tier.long} >= ${decimal(minimumBadEvents)}`,
    ')',
  ].join('\n');
}

/** A namespace that had data today is missed by name; where none has any, only the SLO is left to name. */
function noDataAlert({ name, title, sli }: Slo): Rule {
  const hadData = `slo:sli_errors:rate5m{slo="${name}"}[1d]`;
  const missing =
    'bad' in sli ? 'its counters are missing' : 'its counters or the bucket of its histogram are missing';
  const where = '{{ with $labels.namespace }} in {{ . }}{{ end }}';
  return {
    alert: NO_DATA_ALERT,
    expr: [
      '(',
      `  present_over_time(${hadData})`,
      '  unless',
      '  slo:sli_errors:rate5m',
      ')',
      'or',
      `absent_over_time(${hadData})`,
    ].join('\n'),
    for: PATIENCE.noData.for,
    keep_firing_for: PATIENCE.noData.keep_firing_for,
    labels: { severity: 'warning' },
    annotations: {
      summary: `The SLO ${name} cannot be measured${where}`,
      description: `Prometheus has nothing to compute "${title}" from${where}: ${missing}. No alert on its error budget can fire.`,
      runbook_url: `\${links.runbooks}/${NO_DATA_ALERT}.md`,
      dashboard_url: `\${links.grafana}/d/${DASHBOARD_UID}?var-slo=${name}`,
    },
  };
}

function percent(ratio: number): string {
  return `${decimal(plain(ratio * 100))}%`;
}
