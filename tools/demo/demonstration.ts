import type { RunningStack } from './running-stack';
import { isAllUp, readStatus, statusLine, type Status } from './status';
import { StoredTraces } from './stored-traces';

/** Where a demonstration writes to. */
export interface Output {
  /** A line that stays. */
  line(text: string): void;
  /** The line that is replaced by the next one; an empty one removes it. */
  status(text: string): void;
}

/** Milliseconds between two looks at the running programs. */
const INTERVAL_MS = 1_000;

/** What has been started, for the reader. */
export function introduction({ urls, leftOut, unread, folder }: RunningStack): readonly string[] {
  const services = Object.entries(urls.services).map(([name, url]) => `${name.padEnd(16)} ${url}`);
  return [
    '',
    `Prometheus       ${urls.prometheus}`,
    `Alertmanager     ${urls.alertmanager}`,
    ...(urls.jaeger === undefined ? [] : [`Jaeger           ${urls.jaeger}`]),
    ...(urls.otlp === undefined ? [] : [`OTLP over HTTP   ${urls.otlp}`]),
    ...services,
    `Files and logs   ${folder}`,
    '',
    'Left out, with alerts about it silenced:',
    ...[...grouped(leftOut)].map(([why, jobs]) => `  ${jobs.join(', ')}: ${why}`),
    ...(unread.length === 0
      ? []
      : ['Programs older than the deployed ones:', ...unread.map((text) => `  ${text}`)]),
    '',
  ];
}

function grouped(leftOut: RunningStack['leftOut']): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { job, why } of leftOut) groups.set(why, [...(groups.get(why) ?? []), job]);
  return groups;
}

/**
 * Shows the status until the signal comes, and says once that all targets are up.
 *
 * @param startedAt when the command was started, as `Date.now()` says it
 */
export async function watch(
  stack: RunningStack,
  output: Output,
  startedAt: number,
  signal: AbortSignal,
): Promise<void> {
  const traces = stack.urls.jaeger === undefined ? undefined : new StoredTraces(stack.urls.jaeger, startedAt);
  let wasUp = false;
  while (!signal.aborted) {
    const status = await readStatus(stack, traces).catch((): Status | undefined => undefined);
    if (status !== undefined) output.status(statusLine(status));
    if (status !== undefined && !wasUp && isAllUp(status)) {
      wasUp = true;
      const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
      output.line(`all targets up: ${String(status.targets)}, ${seconds} s after the start`);
    }
    await pause(signal);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, INTERVAL_MS);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
