import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../../tools/processes/cleanup';
import { adaptAlertmanager, postAlerts, startAlertmanager } from '../support/alertmanager-here';
import { eventually } from '../support/eventually';
import { freePort } from '../support/programs';
import { renderedFolder } from '../support/rendered';
import { outOf, promised, type Fault, type FaultPrograms, type Measure } from './fault';
import { startReceiver, timesTold } from './receiver';

/** Alerts in groups of their own. */
const ALERTS = ['CriticalOne', 'CriticalTwo', 'CriticalThree'];

/** Milliseconds in which the receiver refuses calls: several rounds of Alertmanager's own attempts. */
const DOWN_MS = 12_000;

/** Milliseconds in which a second notification of the same alert would have come. */
const QUIET_MS = 6_000;

/** The receiver of notifications is away. */
export const webhookDown: Fault = {
  name: 'webhook-down',
  title: 'The receiver of notifications is away and comes back',
  promise: 'Each alert that began meanwhile is told once the receiver is back, and told once.',
  how: 'The port of the webhook of `local` is closed, alerts begin, and the port is opened again. Groups are flushed each second instead of each minute.',
  measure,
};

async function measure(
  { alertmanager: command }: FaultPrograms,
  cleanup: Cleanup,
): Promise<readonly Measure[]> {
  const folder = cleanup.removeLater(renderedFolder('local'));
  const receiver = await startReceiver();
  cleanup.later(() => receiver.goDown());
  adaptAlertmanager(folder, { integrations: { webhook: { url: receiver.url } } });
  const alertmanager = cleanup.stopLater(
    await startAlertmanager({ command, folder, port: await freePort() }),
  );
  await receiver.goDown();
  await postAlerts(
    alertmanager,
    ALERTS.map((alertname) => ({ labels: { alertname, severity: 'critical', namespace: 'dev' } })),
  );
  await sleep(DOWN_MS);
  const metrics = await (await fetch(`${alertmanager.url}/metrics`)).text();
  const refused = failedRequests(metrics);
  await receiver.comeBack();
  await eventually(
    'each alert is told',
    () => timesTold(receiver, 'alertname').size,
    (told) => told === ALERTS.length,
    120_000,
  ).catch(() => undefined);
  await sleep(QUIET_MS);
  const told = timesTold(receiver, 'alertname');
  const twice = [...told.values()].filter((times) => times > 1).length;
  return [
    promised('attempts that were refused while it was away', refused > 0 ? 'some' : 'none', refused > 0),
    promised(
      'alerts told after it came back',
      outOf(told.size, ALERTS.length),
      ALERTS.every((name) => told.has(name)),
    ),
    promised('alerts told more than once', String(twice), twice === 0),
  ];
}

function failedRequests(metrics: string): number {
  return [
    ...metrics.matchAll(
      /^alertmanager_notification_requests_failed_total\{.*integration="webhook".*\} (\S+)$/gm,
    ),
  ].reduce((sum, [, value]) => sum + Number(value), 0);
}
