import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../../tools/processes/cleanup';
import { eventually } from '../support/eventually';
import { adaptPrometheus, startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { renderedFolder } from '../support/rendered';
import { activeAlerts, rulesEachSecond, ruleTexts, waitingSeconds, type ActiveAlert } from './active-alerts';
import { outOf, promised, told, type Fault, type FaultPrograms, type Measure } from './fault';
import { killNow } from './kill';
import { applicationPod, countingAnswer, SCRAPES, startTarget } from './scraped-target';
import { storedSamples } from './stored-samples';

/** Scrapes before the fault, one a second. */
const SCRAPES_BEFORE = 20;

/** Milliseconds in which Prometheus does not run. */
const DOWN_MS = 6_000;

/** Rules may be evaluated for the first time so long before the program is seen to be ready. */
const EARLY_MS = 3_000;

/** Prometheus takes `for` of a rule up again after its group was evaluated twice. */
const SETTLED_MS = 5_000;

/** Alerts by their labels. */
type Waited = ReadonlyMap<string, ActiveAlert>;

/** Prometheus ends as by `kill -9`, and starts again on the same volume. */
export const prometheusKilled: Fault = {
  name: 'prometheus-killed',
  title: 'Prometheus is killed and starts again',
  promise:
    'No sample is lost that was stored before (a volume that outlives the pod, a write-ahead log), and no alert starts its `for` anew.',
  how: 'kill -9 while it scrapes each second; a target that answers with the number of the scrape shows which are missing. The alerts are the rendered rules of `local` with their own `for`.',
  measure,
};

async function measure(
  { prometheus: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const target = cleanup.stopLater(await startTarget(countingAnswer));
  const texts = ruleTexts(folder);
  adaptPrometheus(folder, {
    // Nothing listens at the other's address, so that an alert with a short `for` waits as well.
    jobs: { 'rag-api': [applicationPod('rag-api')], 'agent-api': [applicationPod('agent-api', '127.0.0.9')] },
    applicationPort: target.port,
  });
  rulesEachSecond(folder, texts);
  const before = cleanup.stopLater(await startPrometheus(command, folder));
  await eventually('scrapes', target.scrapes, (count) => count >= SCRAPES_BEFORE, 60_000);
  const waited = byIdentity(await activeAlerts(before));
  await killNow(before);
  const scrapedBefore = target.scrapes();
  await sleep(DOWN_MS);
  const after = cleanup.stopLater(await startPrometheus(command, folder));
  const readyAt = Date.now();
  await eventually('scrapes again', target.scrapes, (count) => count > scrapedBefore + 5, 60_000);
  await sleep(SETTLED_MS);
  return [
    ...(await samplesOf(after, scrapedBefore)),
    ...waiting(waited, byIdentity(await activeAlerts(after)), { waits: waitingSeconds(texts), readyAt }),
  ];
}

async function samplesOf(after: PrometheusHere, scrapedBefore: number): Promise<readonly Measure[]> {
  const stored = await storedSamples(after, SCRAPES);
  const values = new Set(stored.map(({ value }) => value));
  const missing = Array.from({ length: scrapedBefore }, (_, index) => index + 1).filter(
    (scrape) => !values.has(scrape),
  );
  const [last, first] = [
    stored.filter(({ value }) => value <= scrapedBefore).at(-1),
    stored.find(({ value }) => value > scrapedBefore),
  ];
  const gap = (first?.at ?? NaN) - (last?.at ?? NaN);
  return [
    promised(
      'scrapes answered before the kill whose samples are there after it; the one under way may miss',
      outOf(scrapedBefore - missing.length, scrapedBefore),
      missing.every((scrape) => scrape === scrapedBefore),
    ),
    promised(
      'write-ahead log read again at the start',
      after.logs().includes('WAL replay completed') ? 'yes' : 'no',
      after.logs().includes('WAL replay completed'),
    ),
    told(
      `scrapes that nobody made in ${String(DOWN_MS / 1000)} s and the start after it, one a second`,
      String(Math.round(gap) - 1),
    ),
  ];
}

function byIdentity(alerts: readonly ActiveAlert[]): Waited {
  return new Map(alerts.map((alert) => [JSON.stringify(Object.entries(alert.labels).sort()), alert]));
}

/** Alerts by whether they have gone on waiting since before the outage. */
function waiting(
  before: Waited,
  after: Waited,
  { waits, readyAt }: { readonly waits: ReadonlyMap<string, number>; readonly readyAt: number },
): readonly Measure[] {
  const rows = [...before].flatMap(([identity, { labels }]) => {
    const again = after.get(identity);
    const wait = waits.get(labels['alertname'] ?? '') ?? 0;
    if (again === undefined || wait === 0) return [];
    return [{ wait, anew: Date.parse(again.activeAt) > readyAt - EARLY_MS }];
  });
  const lengths = [...new Set(rows.map(({ wait }) => wait))].sort((one, other) => one - other);
  return lengths.map((length) => {
    const those = rows.filter(({ wait }) => wait === length);
    const kept = those.filter(({ anew }) => !anew).length;
    return promised(
      `alerts with \`for: ${String(length / 60)}m\` that go on waiting where they were`,
      outOf(kept, those.length),
      kept === those.length,
    );
  });
}
