import type { Cleanup } from '../../tools/processes/cleanup';
import { eventually } from '../support/eventually';
import { startHttpSink } from '../support/http-sink';
import { freePort } from '../support/programs';
import { adaptPrometheus, startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { renderedFolder, replaced } from '../support/rendered';
import { componentPod } from './component-pod';
import { applicationPod, countingAnswer, SCRAPES, startTarget } from './scraped-target';
import { smallDisk, type SmallDisk } from './small-disk';
import { storedSamples } from './stored-samples';

/** A Prometheus whose volume can be filled; it watches a service and itself, as in the cluster. */
export interface PrometheusOnSmallDisk {
  readonly disk: SmallDisk;
  /** Scrapes of the service so far. */
  readonly scrapes: () => number;
  /** Starts it, or throws why it did not start; it is stopped with the rest. */
  start(): Promise<PrometheusHere>;
  /** Waits for so many scrapes, and gives the number of the last. */
  moreScrapes(count: number): Promise<number>;
  /** How often it has sent an alert to Alertmanager. */
  timesSent(alert: string): number;
}

/** Seconds after which a sample is too old to count as the present one; Prometheus' default are five minutes. */
const LOOKBACK_SECONDS = 10;

const CONFIG = 'prometheus/prometheus.yml';

/**
 * Makes ready what Prometheus needs to start.
 *
 * @param interval between two scrapes
 */
export async function prometheusOnSmallDisk(
  command: string,
  cleanup: Cleanup,
  sizeMiB: number,
  interval: '1s' | '100ms' = '1s',
): Promise<PrometheusOnSmallDisk> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const disk = cleanup.removeLater(smallDisk(folder.file('prometheus-data'), sizeMiB));
  const target = cleanup.stopLater(await startTarget(countingAnswer));
  const alertmanager = cleanup.stopLater(await startHttpSink());
  const port = await freePort();
  adaptPrometheus(folder, {
    jobs: {
      'rag-api': [applicationPod('rag-api')],
      prometheus: [componentPod('local', 'prometheus', port)],
    },
    alertmanagers: [componentPod('local', 'alertmanager', alertmanager.port)],
    applicationPort: target.port,
  });
  const timing = (text: string) => `scrape_interval: ${text}\n  scrape_timeout: ${text}`;
  folder.write(CONFIG, replaced(folder.read(CONFIG), timing('1s'), timing(interval)));
  const more = [`--query.lookback-delta=${String(LOOKBACK_SECONDS)}s`];
  return {
    disk,
    scrapes: target.scrapes,
    start: async () => cleanup.stopLater(await startPrometheus(command, folder, port, more)),
    moreScrapes: async (count) => {
      const wanted = target.scrapes() + count;
      await eventually('scrapes', target.scrapes, (now) => now >= wanted, 90_000);
      return target.scrapes();
    },
    timesSent: (alert) =>
      alertmanager.requests
        .flatMap(({ body }) => JSON.parse(body.toString()) as readonly SentAlert[])
        .filter(({ labels }) => labels['alertname'] === alert).length,
  };
}

interface SentAlert {
  readonly labels: Readonly<Record<string, string>>;
}

/** The numbers of the scrapes that are stored. */
export async function storedScrapes(prometheus: PrometheusHere): Promise<ReadonlySet<number>> {
  return new Set((await storedSamples(prometheus, SCRAPES)).map(({ value }) => value));
}

/** How many of the scrapes after one, up to another, are stored. */
export function storedBetween(stored: ReadonlySet<number>, from: number, to: number): number {
  return [...stored].filter((scrape) => scrape > from && scrape <= to).length;
}
