import { liveTiers } from '../../constructs/prometheus/slo-rules';
import { burnFactor, errorBudget, windowMinutes, type BurnTier, type Slo } from '../../content/slo-file';

/** A stretch of steady traffic. */
export interface Stretch {
  readonly minutes: number;
  /** Events in each minute. */
  readonly total: number;
  /** Those of them that are bad. */
  readonly bad: number;
}

/** A stretch in which a share of the events, 0 to 1, is bad; in whole events, which promtool adds up without an error. */
export function stretch(minutes: number, total: number, badShare: number): Stretch {
  return { minutes, total, bad: Math.min(total, 2 * Math.round((total * badShare) / 2)) };
}

/** Minutes of the range in every rate() of the rules. */
const RATE_MINUTES = 5;

/** Distances between two samples: with more room than this before the first one, Prometheus adds half of one. */
const EXTRAPOLATION_LIMIT = 1.1;

/** Values of a counter at each minute, from 0. */
function counter(stretches: readonly Stretch[], increment: (part: Stretch) => number): number[] {
  const values = [0];
  for (const part of stretches) {
    for (let minute = 0; minute < part.minutes; minute++) {
      values.push((values[values.length - 1] ?? 0) + increment(part));
    }
  }
  return values;
}

/**
 * `rate(counter[5m])` at a minute, as Prometheus extrapolates it (promql/functions.go, `extrapolatedRate`); undefined
 * with fewer than two samples.
 */
function rateAt(values: readonly number[], minute: number): number | undefined {
  const first = Math.max(0, minute - RATE_MINUTES + 1);
  const sampled = minute - first;
  if (sampled === 0) return undefined;
  const start = values[first] ?? 0;
  const increase = (values[minute] ?? 0) - start;
  const room = RATE_MINUTES - sampled;
  const extrapolated = room >= EXTRAPOLATION_LIMIT ? 0.5 : room;
  const toZero = increase > 0 ? sampled * (start / increase) : extrapolated;
  const covered = sampled + Math.min(extrapolated, toZero);
  return (increase * covered) / sampled / (RATE_MINUTES * 60);
}

/** The recorded series of one SLO in one namespace, evaluated each `step` minutes. */
export class Simulation {
  /** Sums of `slo:sli_errors:rate5m` and of `slo:sli_events:rate5m` before each evaluation. */
  private readonly errors = [0];
  private readonly events = [0];

  constructor(
    private readonly slo: Slo,
    stretches: readonly Stretch[],
    readonly step: number,
  ) {
    const bad = counter(stretches, (part) => part.bad);
    const good = counter(stretches, (part) => part.total - part.bad);
    const total = counter(stretches, (part) => part.total);
    for (let minute = 0; minute < total.length; minute += step) {
      const [badRate, goodRate, totalRate] = [bad, good, total].map((values) => rateAt(values, minute));
      const counted = 'bad' in slo.sli;
      // Two counters are summed up or taken from each other; near their start that is not the same.
      add(this.events, counted ? (badRate ?? 0) + (goodRate ?? 0) : totalRate);
      add(this.errors, counted ? badRate : (totalRate ?? 0) - (goodRate ?? 0));
    }
  }

  /** `slo:sli_events:rate5m` at a minute. */
  eventRate(minute: number): number {
    return this.sumOf(this.events, '5m', minute);
  }

  /** `slo:sli_error:ratio_rate<window>` at a minute. */
  share(window: string, minute: number): number {
    return this.sumOf(this.errors, window, minute) / this.sumOf(this.events, window, minute);
  }

  /** `slo:burn_rate:ratio_rate<window>` at a minute. */
  burnRate(window: string, minute: number): number {
    return this.share(window, minute) / errorBudget(this.slo);
  }

  /** `slo:sli_errors:increase<window>` at a minute; the number of bad events where `step` is 1. */
  badEvents(window: string, minute: number): number {
    return this.sumOf(this.errors, window, minute) * 60;
  }

  private sumOf(sums: readonly number[], window: string, minute: number): number {
    // The window excludes its start; that of 5 minutes is the last evaluation itself.
    const count = window === '5m' ? 1 : windowMinutes(window) / this.step;
    const end = Math.floor(minute / this.step) + 1;
    return (sums[end] ?? 0) - (sums[Math.max(0, end - count)] ?? 0);
  }
}

function add(sums: number[], rate: number | undefined): void {
  sums.push((sums[sums.length - 1] ?? 0) + (rate ?? 0));
}

/** An alert as Prometheus would tell it. */
export interface Firing {
  readonly severity: BurnTier['severity'];
  readonly value: number;
}

/** The budget alerts of an SLO that fire at each evaluation, up to a minute. */
export function firingAlerts(
  slo: Slo,
  simulation: Simulation,
  minutes: number,
  patience: Patience,
): Firing[][] {
  const times = Array.from({ length: minutes / simulation.step + 1 }, (_, index) => index * simulation.step);
  const severities = [...new Set(liveTiers(slo).map(({ severity }) => severity))];
  const bySeverity = severities.map((severity) => {
    const tiers = liveTiers(slo).filter((tier) => tier.severity === severity);
    const valueAt = (minute: number): number | undefined => conditionValue(slo, tiers, simulation, minute);
    return states(times, patience[severity], valueAt).map((value) =>
      value === undefined ? [] : [{ severity, value }],
    );
  });
  return times.map((_, index) => bySeverity.flatMap((state) => state[index] ?? []));
}

/** `for` and `keep_firing_for` in minutes. */
export type Patience = Readonly<
  Record<BurnTier['severity'], { readonly hold: number; readonly keep: number }>
>;

function conditionValue(
  slo: Slo,
  tiers: readonly BurnTier[],
  simulation: Simulation,
  minute: number,
): number | undefined {
  const met = tiers.find((tier) => {
    const factor = burnFactor(tier);
    return (
      simulation.burnRate(tier.long, minute) > factor &&
      simulation.burnRate(tier.short, minute) > factor &&
      simulation.badEvents(tier.long, minute) >= slo.minimumBadEvents
    );
  });
  return met && simulation.burnRate(met.long, minute);
}

/** The value of a firing alert at each time, undefined where it does not fire. */
function states(
  times: readonly number[],
  { hold, keep }: Patience['critical'],
  valueAt: (minute: number) => number | undefined,
): (number | undefined)[] {
  let since: number | undefined;
  let overSince: number | undefined;
  let last: number | undefined;
  let firing = false;
  return times.map((minute) => {
    const value = valueAt(minute);
    if (value !== undefined) {
      since ??= minute;
      overSince = undefined;
      last = value;
    } else if (since !== undefined) {
      overSince ??= minute;
      if (!firing || minute - overSince >= keep) since = overSince = undefined;
    }
    firing = since !== undefined && (firing || minute - since >= hold);
    return firing ? last : undefined;
  });
}
