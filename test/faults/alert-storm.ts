import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../../tools/processes/cleanup';
import { adaptAlertmanager, startAlertmanager } from '../support/alertmanager-here';
import { eventually } from '../support/eventually';
import { adaptPrometheus, startPrometheus } from '../support/prometheus-here';
import { freePort } from '../support/programs';
import { modelOf, renderedFolder } from '../support/rendered';
import { componentPod } from './component-pod';
import { outOf, promised, type Fault, type FaultPrograms, type Measure } from './fault';
import { peakMemoryMiB } from './kill';
import { startReceiver, type Receiver } from './receiver';
import { applicationPod, startTarget } from './scraped-target';

/** Series that raise an alert each. */
const ALERTS = 10_000;

const STORM = 'Storm';

/** One alert for each series of a target. */
const RULES = `groups:
  - name: storm
    interval: 1s
    rules:
      - alert: ${STORM}
        expr: storm > 0
        labels: { severity: critical, team: platform }
`;

/** Milliseconds after which what Prometheus had no room for in its queue has been sent again (it is after a minute). */
const PATIENCE_MS = 150_000;

/** Milliseconds in which more of the same would come. */
const QUIET_MS = 5_000;

/** Alerts reach Alertmanager in parts, and with groups that are flushed each second some parts are told apart. */
const MOST_MESSAGES = 100;

/** Far more alerts at once than anyone expects. */
export const alertStorm: Fault = {
  name: 'alert-storm',
  title: `${ALERTS.toLocaleString('en')} alerts begin at once`,
  promise:
    'Each of them arrives, in a few notifications rather than one each, and Prometheus and Alertmanager stay within their memory.',
  how: `A target brings ${ALERTS.toLocaleString('en')} series, each of which raises an alert with a label of its own; Prometheus and Alertmanager run with prod's grouping and \`local\`'s memory limits. Groups are flushed each second.`,
  measure,
};

async function measure(
  { prometheus: command, alertmanager: teller }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const receiver = await startReceiver();
  cleanup.later(() => receiver.goDown());
  adaptAlertmanager(folder, { integrations: { webhook: { url: receiver.url } } });
  const port = await freePort();
  const alertmanager = cleanup.stopLater(await startAlertmanager({ command: teller, folder, port }));
  let raging = false;
  const target = cleanup.stopLater(
    await startTarget((_scrape, answer) => {
      answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
      answer.end(raging ? stormText() : 'storm{n="calm"} 0\n');
    }),
  );
  adaptPrometheus(folder, {
    jobs: { 'rag-api': [applicationPod('rag-api')] },
    alertmanagers: [componentPod('local', 'alertmanager', port)],
    applicationPort: target.port,
  });
  folder.write('prometheus/rules/storm.yaml', RULES);
  const prometheus = cleanup.stopLater(await startPrometheus(command, folder));
  await eventually('scrapes', target.scrapes, (count) => count >= 5);
  raging = true;
  await eventually(
    'each alert arrives',
    () => arrived(receiver).size,
    (size) => size === ALERTS,
    PATIENCE_MS,
  ).catch(() => undefined);
  await sleep(QUIET_MS);
  return rows(receiver, peakMemoryMiB(prometheus), peakMemoryMiB(alertmanager));
}

function stormText(): string {
  return Array.from({ length: ALERTS }, (_, index) => `storm{n="${String(index)}"} 1\n`).join('');
}

/** Which of the alerts were told. */
function arrived({ notifications }: Receiver): ReadonlySet<string> {
  return new Set(
    notifications
      .flatMap(({ alerts }) => alerts)
      .filter(({ labels }) => labels['alertname'] === STORM)
      .map(({ labels }) => labels['n'] ?? ''),
  );
}

function rows(receiver: Receiver, metrics: number, teller: number): readonly Measure[] {
  const told = arrived(receiver).size;
  const messages = receiver.notifications.filter(({ alerts }) =>
    alerts.some(({ labels }) => labels['alertname'] === STORM),
  ).length;
  const { prometheus, alertmanager } = modelOf('local').environment;
  const within = (name: string, peak: number, limit = Infinity) =>
    promised(
      `peak memory of ${name} below the limit of \`local\`, ${String(limit)} MiB`,
      `${String(Math.round((100 * peak) / limit))} %`,
      peak < limit,
    );
  return [
    promised('alerts that arrive', outOf(told, ALERTS), told === ALERTS),
    promised('notifications that they arrive in', String(messages), messages <= MOST_MESSAGES),
    within('Prometheus', metrics, prometheus.resources.memoryLimitMiB),
    within('Alertmanager', teller, alertmanager.resources.memoryLimitMiB),
  ];
}
