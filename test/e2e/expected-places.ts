import type { ExpectedAlert } from '../../examples/rag-api/load/scenarios';

/** Where production tells alerts of a severity, sorted; all alerts of the scenarios are the RAG team's, which has a channel. */
const PLACES: Readonly<Record<ExpectedAlert['severity'], readonly string[]>> = {
  critical: ['PagerDuty', 'SNS', 'Slack #alerts-critical', 'Slack #rag', 'e-mail', 'webhook'],
  warning: ['Slack #alerts', 'Slack #rag', 'e-mail', 'webhook'],
  info: [],
};

/** Every place that a tier is told at. */
export function placesOf({ severity }: ExpectedAlert): readonly string[] {
  return PLACES[severity];
}
