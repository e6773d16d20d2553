import type { Random } from '../random';

/** Requests that may be under way at once: a service that hangs must not fill this process's memory. */
const MOST_UNDER_WAY = 500;

/** Share of the time between two requests by which it is longer or shorter. */
const JITTER = 0.4;

/**
 * Calls `act` so many times a second, whether or not the calls before have ended: users do not wait for each other.
 * Returns what stops it and waits for what is under way.
 */
export function atPace(perSecond: number, random: Random, act: () => Promise<void>): () => Promise<void> {
  if (perSecond <= 0) return () => Promise.resolve();
  const underWay = new Set<Promise<void>>();
  let due = Date.now();
  let timer: NodeJS.Timeout;
  const next = (): void => {
    if (underWay.size < MOST_UNDER_WAY) {
      const call = act().finally(() => underWay.delete(call));
      underWay.add(call);
    }
    due += (1000 / perSecond) * (1 + JITTER * (2 * random.next() - 1));
    timer = setTimeout(next, Math.max(0, due - Date.now()));
  };
  timer = setTimeout(next, (1000 / perSecond) * random.next());
  return async () => {
    clearTimeout(timer);
    await Promise.all(underWay);
  };
}
