import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cleanup } from '../../tools/processes/cleanup';
import { eventually } from '../support/eventually';
import type { PrometheusHere } from '../support/prometheus-here';
import { activeAlerts } from './active-alerts';
import { outOf, promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';
import {
  prometheusOnSmallDisk,
  storedBetween,
  storedScrapes,
  type PrometheusOnSmallDisk,
} from './prometheus-on-small-disk';

const DISK_MIB = 64;

/** Scrapes before the fault, and in each later stretch. */
const SCRAPES_EACH = 10;

/** More than a chunk of samples holds: Prometheus writes a chunk of 120 into a file of its own. */
const MORE_THAN_A_CHUNK = 130;

/** Starts that are tried on the full volume, as Kubernetes would try them. */
const STARTS = 3;

/** Milliseconds within which complete chunks are written; Prometheus does so each minute. */
const CHUNKS_WRITTEN_MS = 90_000;

/** What tells, ten minutes after its samples are stale, where Prometheus runs and stores nothing. */
const TELLING = 'ScrapeJobAbsent prometheus';

/** Prometheus is killed while its volume is full, and starts again. */
export const fullDiskStart: Fault = {
  name: 'full-disk-start',
  title: 'Prometheus starts on a full volume',
  promise:
    'Nothing that was written is deleted, and Prometheus starts and stores again once there is room. Somebody is told, whether it runs and stores nothing or does not run: the Watchdog falls silent, so that the heartbeat alarm rings; where it runs, `ScrapeJobAbsent` tells it too. A log that a start cannot mend for want of room is set aside (`wal/*.repair`), and the next start begins an empty one: what is not yet in a block (up to three hours) is then seen again only if the log is put back by hand, which gives up what was stored since.',
  how: `The volume is filled as above, Prometheus is killed and started again up to ${String(STARTS)} times before room is made. It watches itself too, as in the cluster. Tried twice: with no complete chunk of samples since the last was written, and with one (a chunk is 120 samples of a series, half an hour at an interval of 15 s; here 12 s), which Prometheus must write into a file within a minute and cannot. A sample is stale after 10 s instead of five minutes.`,
  measure: async (programs, cleanup) => [
    ...(await withTornLog(programs, cleanup)),
    ...(await withCompleteChunk(programs, cleanup)),
  ],
};

async function withTornLog(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const here = await prometheusOnSmallDisk(command, cleanup, DISK_MIB);
  const first = await here.start();
  const before = await here.moreScrapes(SCRAPES_EACH);
  const calm = await firing(first);
  here.disk.fill();
  await here.moreScrapes(SCRAPES_EACH);
  await killNow(first);
  const sent = here.timesSent('Watchdog');
  const { running, failed } = await startedOnFull(here);
  if (running === undefined) throw new Error(`Prometheus did not start in ${String(STARTS)} times`);
  const found = storedBetween(await storedScrapes(running), 0, before);
  const from = here.scrapes();
  const until = await here.moreScrapes(2 * SCRAPES_EACH);
  const begun = [...(await firing(running))].filter((alert) => !calm.has(alert)).sort();
  const onFull = storedBetween(await storedScrapes(running), from, until);
  const heartbeats = here.timesSent('Watchdog') - sent;
  await killNow(running);
  return [
    told('no complete chunk: starts that fail until one succeeds', String(failed)),
    told('no complete chunk: scrapes before it that this start finds', outOf(found, before)),
    told('no complete chunk: scrapes while it then runs that are stored', outOf(onFull, until - from)),
    promised('no complete chunk: alerts that begin', begun.join(', ') || 'none', begun.includes(TELLING)),
    promised('no complete chunk: Watchdogs sent meanwhile', String(heartbeats), heartbeats === 0),
    ...(await withRoom(here, 'no complete chunk', before)),
  ];
}

async function withCompleteChunk(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const here = await prometheusOnSmallDisk(command, cleanup, DISK_MIB, '100ms');
  const first = await here.start();
  const before = await here.moreScrapes(MORE_THAN_A_CHUNK);
  here.disk.fill();
  const ends = await eventually(
    'its end',
    () => first.logs(),
    (logs) => logs.includes('panic:'),
    CHUNKS_WRITTEN_MS,
  ).then(
    () => true,
    () => false,
  );
  if (!ends) await killNow(first);
  await first.stop();
  const sent = here.timesSent('Watchdog');
  const { running, failed } = await startedOnFull(here);
  await running?.stop();
  const heartbeats = here.timesSent('Watchdog') - sent;
  return [
    told('complete chunk: Prometheus ends by itself once the volume is full', ends ? 'yes' : 'no'),
    told('complete chunk: starts that fail', outOf(failed, STARTS)),
    promised('complete chunk: Watchdogs sent meanwhile', String(heartbeats), heartbeats === 0),
    ...(await withRoom(here, 'complete chunk', before)),
  ];
}

/** Starts it until it runs, or has failed often enough. */
async function startedOnFull(
  here: PrometheusOnSmallDisk,
): Promise<{ readonly running?: PrometheusHere; readonly failed: number }> {
  for (let failed = 0; failed < STARTS; failed++) {
    const running = await here.start().catch(() => undefined);
    if (running !== undefined) return { running, failed };
  }
  return { failed: STARTS };
}

/** Makes room, starts Prometheus, and where it has set its log aside, puts that back by hand. */
async function withRoom(
  here: PrometheusOnSmallDisk,
  which: string,
  before: number,
): Promise<readonly Measure[]> {
  here.disk.free();
  const running = await here.start();
  const from = here.scrapes();
  const until = await here.moreScrapes(SCRAPES_EACH);
  const stored = await storedScrapes(running);
  await killNow(running);
  const after = storedBetween(stored, from, until);
  const rows = [
    promised(
      `${which}: scrapes after there is room that are stored; the one under way may miss`,
      outOf(after, until - from),
      after >= until - from - 1,
    ),
  ];
  const log = join(here.disk.path, 'wal');
  const aside = readdirSync(log).filter((name) => name.endsWith(ASIDE));
  const found = storedBetween(stored, 0, before);
  if (aside.length === 0) {
    const what = `${which}: scrapes before it that are found`;
    return [...rows, promised(what, outOf(found, before), found >= before - 1)];
  }
  putBack(log, aside);
  const mended = storedBetween(await storedScrapes(await here.start()), 0, before);
  return [
    ...rows,
    told(`${which}: scrapes before it that are found`, outOf(found, before)),
    promised(
      `${which}: scrapes before it that are found once the log that was set aside is put back by hand`,
      outOf(mended, before),
      mended >= before - 1,
    ),
  ];
}

/** What Prometheus adds to the name of a file of its log that it could not mend. */
const ASIDE = '.repair';

/** Puts back what was set aside, in the place of what was written since. */
function putBack(log: string, aside: readonly string[]): void {
  for (const name of readdirSync(log)) {
    if (!aside.includes(name)) rmSync(join(log, name), { recursive: true });
  }
  for (const name of aside) renameSync(join(log, name), join(log, name.slice(0, -ASIDE.length)));
}

/** Names of the alerts that fire, with what they are about. */
async function firing(prometheus: PrometheusHere): Promise<ReadonlySet<string>> {
  const alerts = (await activeAlerts(prometheus)).filter(({ state }) => state === 'firing');
  return new Set(alerts.map(({ labels: { alertname = '', job = '' } }) => `${alertname} ${job}`.trim()));
}
