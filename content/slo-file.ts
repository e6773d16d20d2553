import { z } from 'zod';

const text = z.string().min(1);

/** Shape of a file in `slos/`. */
export const sloFileSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower case words with dashes are expected'),
  title: text,
  description: text,
  kind: z.enum(['availability', 'latency', 'cost', 'quality']),
  team: text,
  service: text,
  objective: z.number().gt(0).lt(1, 'an objective of 1 has no error budget'),
  window: z.literal('30d'),
  sli: z.union([z.strictObject({ bad: text, total: text }), z.strictObject({ good: text, total: text })]),
  minimumBadEvents: z.number().gt(0),
  problem: text,
});

/**
 * One service level objective.
 *
 * `name` is the file's name and the label `slo`. `objective` is the share of events, 0 to 1, that must be good over
 * `window`; the rest is the error budget. `sli` holds two selectors of counters, without a range: all events, and
 * either the good or the bad ones among them. `minimumBadEvents` is the low-traffic guard: with fewer bad events in the
 * long window of an alert, their share says nothing. `problem` is what a person reads first: "Questions get no answer".
 */
export type Slo = z.infer<typeof sloFileSchema>;

/** Days of {@link Slo.window}. */
export const SLO_DAYS = 30;

/** The kinds that may wake a person: money and quality can wait until the morning. */
const PAGING_KINDS: ReadonlySet<Slo['kind']> = new Set(['availability', 'latency']);

/** Windows over which the share of bad events is recorded. */
export const SLO_WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/** One of {@link SLO_WINDOWS}. */
export type SloWindow = (typeof SLO_WINDOWS)[number];

/** One condition on how fast the error budget burns. */
export interface BurnTier {
  readonly severity: 'critical' | 'warning';
  /** Share of the budget, 0 to 1, that is gone after `long` at the speed of `factor`. */
  readonly budgetShare: number;
  /** The window in which that share is lost. */
  readonly long: SloWindow;
  /** A twelfth of `long`: it ends the alert soon after the cause has ended. */
  readonly short: SloWindow;
}

/**
 * The conditions of the SRE workbook for a period of 30 days, quickest first.
 *
 * @see https://sre.google/workbook/alerting-on-slos/ table 5-8
 */
export const BURN_TIERS: readonly BurnTier[] = [
  { severity: 'critical', budgetShare: 0.02, long: '1h', short: '5m' },
  { severity: 'critical', budgetShare: 0.05, long: '6h', short: '30m' },
  { severity: 'warning', budgetShare: 0.1, long: '1d', short: '2h' },
  { severity: 'warning', budgetShare: 0.1, long: '3d', short: '6h' },
];

const MINUTES = { m: 1, h: 60, d: 24 * 60 } as const;

/** Length of a window such as `6h`, in minutes. */
export function windowMinutes(window: string): number {
  const [, count = '', unit = ''] = /^(\d+)([mhd])$/.exec(window) ?? [];
  if (unit !== 'm' && unit !== 'h' && unit !== 'd') throw new Error(`"${window}" is not a window such as 6h`);
  return Number(count) * MINUTES[unit];
}

/** How many times faster than the budget allows: 14.4, 6, 3 or 1. */
export function burnFactor({ budgetShare, long }: Pick<BurnTier, 'budgetShare' | 'long'>): number {
  return plain((budgetShare * SLO_DAYS * windowMinutes('1d')) / windowMinutes(long));
}

/** The share of events that may be bad, 0 to 1. */
export function errorBudget({ objective }: Pick<Slo, 'objective'>): number {
  return plain(1 - objective);
}

/** The tiers that an SLO asks for by its kind. */
export function wantedTiers({ kind }: Pick<Slo, 'kind'>): readonly BurnTier[] {
  return BURN_TIERS.filter(({ severity }) => severity === 'warning' || PAGING_KINDS.has(kind));
}

/** False where not even a share of 100 % bad events exceeds what the tier compares with: it could never fire. */
export function isAlive(tier: BurnTier, slo: Pick<Slo, 'objective'>): boolean {
  return plain(burnFactor(tier) * errorBudget(slo)) < 1;
}

/** Name of the alert on the budget of an SLO: `RagAvailabilityBudgetBurn`. */
export function burnAlertName({ name }: Pick<Slo, 'name'>): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}BudgetBurn`;
}

/** Without the dust of binary fractions: 1 - 0.999 is 0.0010000000000000009. */
export function plain(value: number): number {
  return Number(value.toPrecision(12));
}
