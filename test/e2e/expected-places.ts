import type { ExpectedAlert } from '../../examples/rag-api/load/scenarios';

/** Where production tells everybody's alerts of a severity. */
const PLACES: Readonly<Record<ExpectedAlert['severity'], readonly string[]>> = {
  critical: ['PagerDuty', 'SNS', 'Slack #alerts-critical', 'e-mail', 'webhook'],
  warning: ['Slack #alerts', 'e-mail', 'webhook'],
  info: [],
};

/** Where a team is told its own alerts besides; the platform's has no place of its own. */
const TEAM_PLACES: Readonly<Record<NonNullable<ExpectedAlert['team']>, readonly string[]>> = {
  platform: [],
  rag: ['Slack #rag'],
};

/** Every place that a tier is told at, sorted. */
export function placesOf({ severity, team = 'rag' }: ExpectedAlert): readonly string[] {
  return [...PLACES[severity], ...(severity === 'info' ? [] : TEAM_PLACES[team])].sort();
}
