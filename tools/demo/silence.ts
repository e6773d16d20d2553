import type { LeftOut } from './static-discovery';

/** A month, which no demonstration outlasts. */
const DURATION_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Silences alerts about jobs that do not run here: the rules are right to miss them, and stay as they are.
 *
 * @param url of Alertmanager
 */
export async function silenceLeftOut(url: string, leftOut: readonly LeftOut[]): Promise<void> {
  if (leftOut.length === 0) return;
  const now = Date.now();
  const answer = await fetch(`${url}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers: [
        { name: 'job', value: leftOut.map(({ job }) => job).join('|'), isRegex: true, isEqual: true },
      ],
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + DURATION_MS).toISOString(),
      createdBy: 'npm run demo',
      comment: 'These jobs have no targets on this machine.',
    }),
  });
  if (!answer.ok) throw new Error(`${url} takes no silence: ${String(answer.status)} ${await answer.text()}`);
}
