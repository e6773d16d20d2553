import { Agent, request } from 'node:http';

/** A load at an even pace. */
export interface OpenLoad {
  /** Address that is posted to. */
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Body of the request with this number, an object that becomes JSON. */
  readonly body: (number: number) => object;
}

/** What came back. */
export interface LoadResult {
  /** Milliseconds from when each request was due to the end of its answer, ascending. */
  readonly milliseconds: readonly number[];
  /** Answers that were no 200, and requests without an answer. */
  readonly failed: number;
}

/** Milliseconds between two looks at what is due. */
const TICK_MS = 2;

/**
 * Sends requests when they are due, whether or not those before are answered, as users do. A time counts from when the
 * request was due: a service that stops for a second makes the requests of that second late, and they show it.
 */
export async function openLoad({ url, perSecond, seconds, body }: OpenLoad): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true });
  const total = perSecond * seconds;
  const start = performance.now();
  const milliseconds: number[] = [];
  let failed = 0;
  const send = async (number: number): Promise<void> => {
    const status = await post(agent, url, JSON.stringify(body(number)));
    if (status === 200) milliseconds.push(performance.now() - start - (number / perSecond) * 1000);
    else failed += 1;
  };
  const sent: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * perSecond));
      while (sent.length < due) sent.push(send(sent.length));
      if (sent.length < total) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  await Promise.all(sent);
  agent.destroy();
  return { milliseconds: milliseconds.sort((one, other) => one - other), failed };
}

/** The value that so large a share of ascending values does not exceed. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? NaN;
}

/** Status of the answer; 0: none came. */
function post(agent: Agent, url: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        resolve(answer.statusCode ?? 0);
      });
      answer.on('error', () => {
        resolve(0);
      });
    });
    call.on('error', () => {
      resolve(0);
    });
    call.end(body);
  });
}
