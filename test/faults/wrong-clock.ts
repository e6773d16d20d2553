import type { Cleanup } from '../../tools/processes/cleanup';
import { eventually } from '../support/eventually';
import { adaptPrometheus, startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { renderedFolder } from '../support/rendered';
import { outOf, promised, type Fault, type FaultPrograms, type Measure } from './fault';
import { applicationPod, SCRAPES, startTarget, type ScrapeAnswer } from './scraped-target';
import { storedSamples } from './stored-samples';

const SCRAPES_MADE = 20;

/** Pods by the error of their clock, in seconds; without one, samples carry no time. */
const PODS = [
  { pod: 'right', host: '127.0.0.1' },
  { pod: 'day-ahead', host: '127.0.0.2', error: 86_400 },
  { pod: 'day-behind', host: '127.0.0.3', error: -86_400 },
  { pod: 'minutes-ahead', host: '127.0.0.4', error: 240 },
  { pod: 'minutes-behind', host: '127.0.0.5', error: -240 },
] as const;

function answering(error: number | undefined): ScrapeAnswer {
  return (scrape, answer) => {
    const time = error === undefined ? '' : ` ${String(Date.now() + error * 1000)}`;
    answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    answer.end(`# TYPE ${SCRAPES} counter\n${SCRAPES} ${String(scrape)}${time}\n`);
  };
}

/** The clock of a target is wrong, and its samples carry times of that clock. */
export const wrongClock: Fault = {
  name: 'wrong-clock',
  title: 'The clock of a target is wrong',
  promise:
    'Whatever time a target writes beside its samples, its own samples and those of the others are stored when they were scraped.',
  how: 'Five pods of one service, which the rendered job scrapes each second: one writes no times, four write times that are a day or four minutes off.',
  measure,
};

async function measure(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  let port = 0;
  const scrapes: (() => number)[] = [];
  for (const { host, ...rest } of PODS) {
    const target = cleanup.stopLater(
      await startTarget(answering('error' in rest ? rest.error : undefined), host, port),
    );
    ({ port } = target);
    scrapes.push(target.scrapes);
  }
  adaptPrometheus(folder, {
    jobs: { 'rag-api': PODS.map(({ pod, host }) => applicationPod('rag-api', host, pod)) },
    applicationPort: port,
  });
  const prometheus = cleanup.stopLater(await startPrometheus(command, folder));
  await eventually(
    'scrapes',
    () => Math.min(...scrapes.map((count) => count())),
    (count) => count >= SCRAPES_MADE,
  );
  const rows: Measure[] = [];
  for (const { pod } of PODS) rows.push(await seen(prometheus, pod));
  return rows;
}

async function seen(prometheus: PrometheusHere, pod: string): Promise<Measure> {
  const values = new Set(
    (await storedSamples(prometheus, `${SCRAPES}{pod="${pod}"}`, '2m')).map(({ value }) => value),
  );
  const found = Array.from({ length: SCRAPES_MADE - 1 }, (_, index) => index + 1).filter((one) =>
    values.has(one),
  );
  return promised(
    `scrapes of the pod "${pod}" that a query over the last 2 minutes sees`,
    outOf(found.length, SCRAPES_MADE - 1),
    found.length === SCRAPES_MADE - 1,
  );
}
