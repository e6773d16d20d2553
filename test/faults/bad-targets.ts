import { randomBytes } from 'node:crypto';
import type { Cleanup } from '../../tools/processes/cleanup';
import { eventually } from '../support/eventually';
import { adaptPrometheus, startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { modelOf, renderedFolder, replaced } from '../support/rendered';
import { outOf, promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { peakMemoryMiB } from './kill';
import {
  applicationPod,
  countingAnswer,
  SCRAPES,
  startTarget,
  type ScrapeAnswer,
  type ScrapedTarget,
} from './scraped-target';
import { storedSamples } from './stored-samples';

/** Scrapes of the good pod before and while the others misbehave. */
const SCRAPES_EACH = 6;

/** Enough to send 100 MB of well-formed series without holding them all. */
const SERIES_LINES = 20_000;
const CHUNKS = 100;

/** Garbage that says it is metrics. */
const garbage: ScrapeAnswer = (_scrape, answer) => {
  answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  answer.end(randomBytes(4_096));
};

/** 100 MB of series, each well formed. */
const huge: ScrapeAnswer = (scrape, answer) => {
  answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  answer.on('error', () => undefined);
  const send = (chunk: number): void => {
    if (chunk === CHUNKS || answer.destroyed) {
      answer.end();
      return;
    }
    const lines = Array.from(
      { length: SERIES_LINES },
      (_, line) =>
        `huge{scrape="${String(scrape)}",n="${String(chunk * SERIES_LINES + line)}",p="xxxxxxxx"} 1\n`,
    );
    answer.write(lines.join(''), () => {
      send(chunk + 1);
    });
  };
  send(0);
};

/** Takes the request and never answers. */
const silent: ScrapeAnswer = () => undefined;

/** Where each pod of the service stands: all have one port, and an address of their own. */
const PODS = [
  { pod: 'good', host: '127.0.0.1', answer: countingAnswer },
  { pod: 'garbage', host: '127.0.0.2', answer: garbage },
  { pod: 'huge', host: '127.0.0.3', answer: huge },
  { pod: 'silent', host: '127.0.0.4', answer: silent },
] as const;

/** Targets answer what they should not. */
export const badTargets: Fault = {
  name: 'bad-targets',
  title: 'Targets answer garbage, 100 MB, or never',
  promise:
    'The other targets are scraped as ever, nothing of the bad answers is stored, each bad target counts as down, and Prometheus stays within its memory.',
  how: 'Four pods of one service, which the rendered job scrapes each 3 s: one answers well all the time, the other three at first and then not. The 100 MB are well-formed series.',
  measure,
};

async function measure(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  let isBad = false;
  const [good, port] = await startPods(() => isBad, cleanup);
  adaptPrometheus(folder, {
    jobs: { 'rag-api': PODS.map(({ pod, host }) => applicationPod('rag-api', host, pod)) },
    applicationPort: port,
  });
  const config = 'prometheus/prometheus.yml';
  const timing = (seconds: number) =>
    `scrape_interval: ${String(seconds)}s\n  scrape_timeout: ${String(seconds)}s`;
  folder.write(config, replaced(folder.read(config), timing(1), timing(3)));
  const prometheus = cleanup.stopLater(await startPrometheus(command, folder));
  const { scrapes } = good;
  await eventually('scrapes', scrapes, (count) => count >= SCRAPES_EACH, 60_000);
  const calm = peakMemoryMiB(prometheus);
  isBad = true;
  const target = scrapes() + SCRAPES_EACH;
  await eventually('more scrapes', scrapes, (count) => count > target, 120_000);
  return rows(prometheus, { scrapes: scrapes() - 1, calm, peak: peakMemoryMiB(prometheus) });
}

/** Starts all pods, and returns the good one and the port that all have. */
async function startPods(areBad: () => boolean, cleanup: Cleanup): Promise<[ScrapedTarget, number]> {
  const start = async (answer: ScrapeAnswer, host: string, port: number) =>
    cleanup.stopLater(
      await startTarget(
        (scrape, response) => {
          (areBad() ? answer : countingAnswer)(scrape, response);
        },
        host,
        port,
      ),
    );
  const [first, ...others] = PODS;
  const good = await start(first.answer, first.host, 0);
  for (const { answer, host } of others) await start(answer, host, good.port);
  return [good, good.port];
}

async function rows(
  prometheus: PrometheusHere,
  { scrapes, calm, peak }: { readonly scrapes: number; readonly calm: number; readonly peak: number },
): Promise<readonly Measure[]> {
  const stored = new Set(
    (await storedSamples(prometheus, `${SCRAPES}{pod="good"}`)).map(({ value }) => value),
  );
  const good = Array.from({ length: scrapes }, (_, index) => index + 1).filter((one) =>
    stored.has(one),
  ).length;
  const down = await prometheus.query('up{job="rag-api"} == 0');
  const taken = await prometheus.query('count({__name__="huge"})');
  const metrics = await (await fetch(`${prometheus.url}/metrics`)).text();
  const limited = Number(
    /^prometheus_target_scrapes_exceeded_body_size_limit_total (\S+)$/m.exec(metrics)?.[1],
  );
  const limit = modelOf('local').environment.prometheus.resources.memoryLimitMiB ?? Infinity;
  return [
    promised('scrapes of the good pod that are stored', outOf(good, scrapes), good === scrapes),
    promised(
      'bad pods that count as down',
      outOf(down.length, PODS.length - 1),
      down.length === PODS.length - 1,
    ),
    promised('series stored of the 2 million', String(taken[0]?.value[1] ?? 0), taken.length === 0),
    promised('the answer of 100 MB is refused for its size', limited > 0 ? 'yes' : 'no', limited > 0),
    promised(
      `peak memory below the limit of \`local\`, ${String(limit)} MiB`,
      peak < limit ? 'yes' : 'no',
      peak < limit,
    ),
    told('peak memory against that before the fault, as a ratio', (peak / calm).toFixed(1)),
  ];
}
