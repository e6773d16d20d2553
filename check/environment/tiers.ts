import type { Environment, Thresholds } from '../../environments/environment';
import { shown, type EnvironmentProblem } from './problem';

type Name = keyof Thresholds;

const MEND = 'change one of the two';

/** Limits of one condition, the milder first: more is worse. */
const RISING: readonly (readonly [milder: Name, stricter: Name])[] = [
  ['errorWarningRatio', 'errorRatio'],
  ['latencyP95Seconds', 'latencyP95CriticalSeconds'],
  ['queryP95Seconds', 'queryP95CriticalSeconds'],
  ['providerFailedRatio', 'providerFailedCriticalRatio'],
  ['costPerQueryP95Dollars', 'costPerQueryP99Dollars'],
  ['uploadQueueAgeWarningSeconds', 'uploadQueueAgeCriticalSeconds'],
  ['replicationLagWarningSeconds', 'replicationLagCriticalSeconds'],
  ['databaseStorageWarningRatio', 'databaseStorageCriticalRatio'],
  ['failedLoginsWarningCount', 'failedLoginsCriticalCount'],
];

/** The same where less is worse. */
const FALLING: readonly (readonly [milder: Name, stricter: Name])[] = [
  ['diskFreeWarningRatio', 'diskFreeCriticalRatio'],
  ['certificateExpiryWarningSeconds', 'certificateExpiryCriticalSeconds'],
];

/** A page that comes before its ticket: two tiers of one alert in the wrong order. */
export function tiersInOrder({ thresholds }: Environment): readonly EnvironmentProblem[] {
  return [
    ...RISING.filter(([milder, stricter]) => thresholds[stricter] < thresholds[milder]).map((pair) =>
      problem(thresholds, pair, 'below', 'at least'),
    ),
    ...FALLING.filter(([milder, stricter]) => thresholds[stricter] > thresholds[milder]).map((pair) =>
      problem(thresholds, pair, 'above', 'at most'),
    ),
    ...burnAboveItsWarning(thresholds),
  ];
}

/** HighCostBurn warns at three times the daily budget (alert-rules/cost.yaml). */
function burnAboveItsWarning({ dailyBudgetDollars, dailyBurnDollars }: Thresholds): EnvironmentProblem[] {
  const least = 3 * dailyBudgetDollars;
  if (dailyBurnDollars >= least) return [];
  return [
    {
      path: ['thresholds', 'dailyBurnDollars'],
      found: `is ${shown(dailyBurnDollars)}, below three times thresholds.dailyBudgetDollars of ${shown(dailyBudgetDollars)}: the page comes before the ticket`,
      allowed: `at least ${shown(least)}`,
      mend: MEND,
    },
  ];
}

function problem(
  thresholds: Thresholds,
  [milder, stricter]: readonly [Name, Name],
  wrong: string,
  right: string,
): EnvironmentProblem {
  return {
    path: ['thresholds', stricter],
    found: `is ${shown(thresholds[stricter])}, ${wrong} thresholds.${milder} of ${shown(thresholds[milder])}: the page comes before the ticket`,
    allowed: `${right} ${shown(thresholds[milder])}`,
    mend: MEND,
  };
}
