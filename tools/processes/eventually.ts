import { setTimeout as sleep } from 'node:timers/promises';
const POLL_MS = 100;

/** What was asked last, kept for the message. */
interface Attempt<Value> {
  readonly value?: Value;
  readonly error?: unknown;
}

async function attempt<Value>(ask: () => Value | Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { error };
  }
}

/**
 * Asks again and again until the answer is right; a rejection counts as "not yet".
 *
 * @param timeoutMs milliseconds until it gives up
 * @throws Error that says what was waited for and what came last
 */
export async function eventually<Value>(
  what: string,
  ask: () => Value | Promise<Value>,
  isRight: (value: Value) => boolean,
  timeoutMs = 30_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const { value, error } = await attempt(ask);
    if (error === undefined && isRight(value as Value)) return value as Value;
    if (Date.now() > deadline) {
      const last = error instanceof Error ? error.message : JSON.stringify(value);
      throw new Error(`${what}: not within ${String(timeoutMs)} ms; last: ${last.slice(0, 3_000)}`);
    }
    await sleep(POLL_MS);
  }
}

/** GETs JSON. */
export async function getJson(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${String(answer.status)} ${text}`);
  return JSON.parse(text) as unknown;
}
