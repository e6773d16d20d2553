import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { tsx } from '../../tools/demo/services';
import type { Cleanup } from '../../tools/processes/cleanup';
import { adaptPrometheus, startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { freePort, startProgram, type StartedProgram } from '../support/programs';
import { renderedFolder } from '../support/rendered';
import { outOf, promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';
import { applicationPod } from './scraped-target';

/** Callers that ask one question after another. */
const CALLERS = 4;

/** Milliseconds of load before and after the fault. */
const LOAD_MS = 12_000;

/** Milliseconds in which a request that was begun reaches the service, and is not over yet. */
const ARRIVAL_MS = 100;

/** Time that the service may take to let requests end. */
const GRACE_MS = 20_000;

/** The example service ends as by `kill -9`, starts again, and is then ended as Kubernetes does it. */
export const serviceKilled: Fault = {
  name: 'service-killed',
  title: 'A service is killed and starts again',
  promise:
    'Rates stay right over the reset of its counters, never negative nor above the truth; an orderly end loses no request.',
  how: `${String(CALLERS)} callers ask the example service without a pause. kill -9, a new start, then SIGTERM when callers begin nothing new, as when Kubernetes has taken a pod out of its Service. Answers that the callers got are held against \`increase()\` of \`rag_queries_total\`, scraped each second.`,
  measure,
};

/** What became of the callers' questions. */
interface Outcomes {
  answered: number;
  /** Begun, and not over yet. */
  underWay: number;
  /** Begun, and neither answered nor refused at the door. */
  cutOff: number;
}

async function measure(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const port = await freePort();
  const first = cleanup.stopLater(await startService(port));
  adaptPrometheus(folder, { jobs: { 'rag-api': [applicationPod('rag-api')] }, applicationPort: port });
  const prometheus = cleanup.stopLater(await startPrometheus(command, folder));
  await sleep(3_000);
  const outcomes: Outcomes = { answered: 0, underWay: 0, cutOff: 0 };
  const callers = cleanup.stopLater(startCallers(port, outcomes));
  await sleep(LOAD_MS);
  await killNow(first);
  const second = cleanup.stopLater(await startService(port));
  await sleep(LOAD_MS);
  const byKill = outcomes.cutOff;
  callers.beginNoMore();
  await sleep(ARRIVAL_MS);
  const { underWay } = outcomes;
  await second.stop();
  await callers.stop();
  return rows(prometheus, {
    answered: outcomes.answered,
    underWay,
    cutByKill: byKill,
    cutByTerm: outcomes.cutOff - byKill,
  });
}

function startService(port: number): Promise<StartedProgram> {
  return startProgram({
    ...tsx(join(__dirname, '..', '..', 'examples', 'rag-api', 'main.ts')),
    env: { SERVICE: 'rag-api', PORT: String(port), HOST: '127.0.0.1', LATENCY_FACTOR: '3' },
    readyUrl: `http://127.0.0.1:${String(port)}/readyz`,
    timeoutMs: 60_000,
    graceMs: GRACE_MS,
  });
}

/** People who ask. */
interface Callers {
  beginNoMore(): void;
  stop(): Promise<void>;
}

function startCallers(port: number, outcomes: Outcomes): Callers {
  let isOver = false;
  let number = 0;
  const call = async (): Promise<void> => {
    while (!isOver) {
      number += 1;
      await ask(port, `How do I return order ${String(number)}?`, outcomes);
    }
  };
  const all = Promise.all(Array.from({ length: CALLERS }, call));
  return {
    beginNoMore: () => {
      isOver = true;
    },
    stop: async () => {
      isOver = true;
      await all;
    },
  };
}

async function ask(port: number, question: string, outcomes: Outcomes): Promise<void> {
  outcomes.underWay += 1;
  try {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
    });
    await answer.arrayBuffer();
    if (answer.ok) outcomes.answered += 1;
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    if (cause === 'ECONNREFUSED') await sleep(100);
    else outcomes.cutOff += 1;
  } finally {
    outcomes.underWay -= 1;
  }
}

interface Seen {
  readonly answered: number;
  readonly underWay: number;
  readonly cutByKill: number;
  readonly cutByTerm: number;
}

async function rows(prometheus: PrometheusHere, seen: Seen): Promise<readonly Measure[]> {
  const value = async (query: string) => Number((await prometheus.query(query))[0]?.value[1] ?? NaN);
  const counted = await value('sum(increase(rag_queries_total[3m]))');
  const resets = await value('max(resets(rag_queries_total[3m]))');
  const lowest = await value('min(min_over_time(rate(rag_queries_total[5s])[3m:1s]))');
  const share = counted / seen.answered;
  const uncounted = ((1 - share) * 2 * LOAD_MS) / 1000;
  return [
    promised('resets of the counter that were seen', String(resets), resets === 1),
    promised('lowest rate over the whole time is below 0', lowest < 0 ? 'yes' : 'no', lowest >= 0),
    promised(
      'increase over both lives against the answers that callers got, as a ratio',
      share.toFixed(2),
      share > 0.8 && share <= 1.05,
    ),
    promised(
      'requests cut off by an orderly end (SIGTERM), of those under way',
      outOf(seen.cutByTerm, seen.underWay),
      seen.cutByTerm === 0 && seen.underWay > 0,
    ),
    told('requests cut off by the kill, of those under way', outOf(seen.cutByKill, CALLERS)),
    told('answers that no scrape has seen, in scrape intervals, over two ends', uncounted.toFixed(0)),
  ];
}
