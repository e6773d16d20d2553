import type { AlertmanagerHere } from '../support/alertmanager-here';
import { getJson } from '../support/eventually';

const HOUR_MS = 3_600_000;

/** Silences an alert for an hour, and returns the silence's id. */
export async function silence({ url }: AlertmanagerHere, alertname: string): Promise<string> {
  const now = Date.now();
  const answer = await fetch(`${url}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers: [{ name: 'alertname', value: alertname, isRegex: false, isEqual: true }],
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + HOUR_MS).toISOString(),
      createdBy: 'faults',
      comment: 'must outlast the fault',
    }),
  });
  return ((await answer.json()) as { readonly silenceID: string }).silenceID;
}

/** Ids of the silences that an Alertmanager knows. */
export async function silences({ url }: AlertmanagerHere): Promise<readonly string[]> {
  return ((await getJson(`${url}/api/v2/silences`)) as readonly { readonly id: string }[]).map(
    ({ id }) => id,
  );
}
