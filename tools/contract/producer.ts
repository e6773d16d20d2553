import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineName } from '../../engines/engines';
import type { EnginePaths } from '../../test/support/engines';

/** Names of metrics that are looked for, by producer. */
export type Wanted = Readonly<Record<string, readonly string[]>>;

/** What producers answered at their metrics path, each in one state or several, by producer. */
export type Observed = Readonly<Record<string, readonly string[]>>;

/** Producers of the contract that are started together, with the stack's own configuration and arguments. */
export interface ProducerGroup<Engine extends EngineName = EngineName> {
  /** The program that each is, by the name of the producer in metrics/. */
  readonly producers: Readonly<Record<string, Engine>>;
  readonly engines: readonly Engine[];
  /**
   * Starts them, provokes what appears with a first event only, reads their metrics and stops them.
   *
   * @param wanted what to wait for; what does not come in time is left out
   */
  readonly observe: (engines: EnginePaths<Engine>, wanted: Wanted) => Promise<Observed>;
}

const POLL_MS = 250;

/** Milliseconds that a metric may take to appear. */
const PATIENCE_MS = 25_000;

function shows(text: string, name: string): boolean {
  return new RegExp(`^${name}(_bucket|_sum|_count)?[ {]`, 'm').test(text);
}

/** Reads again and again until all wanted metrics have a sample, or for so long that the rest will not come. */
export async function settledText(
  read: () => Promise<string>,
  wanted: readonly string[] = [],
  patienceMs = PATIENCE_MS,
): Promise<string> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const text = await read();
    if (wanted.every((name) => shows(text, name)) || Date.now() > deadline) return text;
    await sleep(POLL_MS);
  }
}

/** What stands at a metrics path. */
export async function metricsAt(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${String(answer.status)} ${text.slice(0, 500)}`);
  return text;
}
