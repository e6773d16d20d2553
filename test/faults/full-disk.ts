import type { Cleanup } from '../../tools/processes/cleanup';
import { outOf, promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';
import { prometheusOnSmallDisk, storedBetween, storedScrapes } from './prometheus-on-small-disk';

/** Room for the write-ahead log of a few seconds; Prometheus takes what it needs of it, the rest is filled. */
const DISK_MIB = 64;

/** Scrapes in each of the three times: before, while the disk is full, after. */
const SCRAPES_EACH = 10;

/** The volume of Prometheus is full. */
export const fullDisk: Fault = {
  name: 'full-disk',
  title: 'The volume of Prometheus is full',
  promise:
    'As long as no complete chunk of samples must be written (see the next fault), Prometheus runs on and takes samples again when there is room, and keeps what it had stored before. Its write-ahead log is torn where the disk was full, and is cut there by the next start: started again as soon as there is room, it loses no more.',
  how: 'Its data folder is a tmpfs of 64 MiB, which is filled to the last byte for some scrapes. A mount needs root. The size limit of `storage.tsdb.retention` keeps a volume from filling by samples alone.',
  measure,
};

async function measure(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const here = await prometheusOnSmallDisk(command, cleanup, DISK_MIB);
  const { disk } = here;
  const moreScrapes = () => here.moreScrapes(SCRAPES_EACH);
  const prometheus = await here.start();
  const before = await moreScrapes();
  disk.fill();
  const full = await moreScrapes();
  disk.free();
  const recovered = await moreScrapes();
  const stored = await storedScrapes(prometheus);
  await killNow(prometheus);
  const again = await here.start();
  const kept = await storedScrapes(again);
  const restarted = here.scrapes();
  const settled = await moreScrapes();
  await killNow(again);
  const third = await here.start();
  const last = storedBetween(await storedScrapes(third), restarted, settled);
  return [
    ...rows({ before, full, recovered, stored, kept, logs: prometheus.logs() }),
    promised(
      'scrapes after that restart that another kill leaves stored',
      outOf(last, settled - restarted),
      last >= settled - restarted - 1,
    ),
  ];
}

interface Seen {
  readonly before: number;
  readonly full: number;
  readonly recovered: number;
  readonly stored: ReadonlySet<number>;
  readonly kept: ReadonlySet<number>;
  readonly logs: string;
}

function rows({ before, full, recovered, stored, kept, logs }: Seen): readonly Measure[] {
  const late = storedBetween(stored, full, recovered);
  const early = storedBetween(kept, 0, before);
  const refused = logs.includes('no space left on device');
  return [
    promised('the disk was full for Prometheus', refused ? 'yes' : 'no', refused),
    promised(
      'scrapes before it that are stored, a kill afterwards included',
      outOf(early, before),
      early >= before - 1,
    ),
    promised(
      'scrapes after it that are stored, without a restart; the one under way may miss',
      outOf(late, recovered - full),
      late >= recovered - full - 1,
    ),
    told(
      'scrapes while it was full that are seen until the next restart',
      outOf(storedBetween(stored, before, full), full - before),
    ),
    told(
      'scrapes while it was full that are stored after a restart',
      outOf(storedBetween(kept, before, full), full - before),
    ),
    told(
      'scrapes after it that outlast the first restart: from none to all, by where the log is torn',
      outOf(storedBetween(kept, full, recovered), recovered - full),
    ),
  ];
}
