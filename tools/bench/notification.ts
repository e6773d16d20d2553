import Table from 'cli-table3';
import type { Environment } from '../../environments/environment';
import { local } from '../../environments/local';
import { prod } from '../../environments/prod';
import { findPrograms, type Programs } from '../demo/programs';
import { startStack } from '../demo/running-stack';
import { exampleServices } from '../demo/services';
import type { Webhook } from '../demo/webhook';
import { withCleanup, type Cleanup } from '../processes/cleanup';
import { eventually, getJson } from '../processes/eventually';
import { CHART_ALERT, startChartStack } from './chart-stack';
import { readWatching, type Watchers, type Watching } from './watching';

const SERVICE = 'rag-api';
const ALERT = 'ServiceDown';

/** Milliseconds that each stack may take to see the service. */
const SEEN_WITHIN_MS = 180_000;

/** Milliseconds within which each stack must tell of the dead service; the chart's rule alone takes ten minutes. */
const TOLD_WITHIN_MS = 20 * 60_000;

/** prod as it is, but told by a webhook: its own receivers are on the Internet. */
export const environment: Environment = {
  ...prod,
  alertmanager: {
    ...prod.alertmanager,
    receivers: { webhook: local.alertmanager.receivers.webhook, sns: false },
  },
};

/** A stack that watches the service. */
interface Watcher extends Watchers {
  readonly name: string;
  readonly alert: string;
  /** Answers 1 once the stack knows that the service is there. */
  readonly seen: string;
  readonly webhook: Pick<Webhook, 'notifications'>;
}

/** How long a stack took, and what it was set to. */
interface Told extends Watching {
  readonly name: string;
  readonly alert: string;
  /** Seconds from the fault to the notification. */
  readonly took: number;
}

/**
 * Kills a service that two stacks watch, that of prod and that of kube-prometheus-stack with its values as they are, and
 * prints how long each takes until a notification arrives. Nothing is compressed: it takes a quarter of an hour.
 */
export async function benchNotification(): Promise<void> {
  const { programs, missing } = findPrograms();
  if (programs === undefined) throw new Error(missing.join('\n'));
  await withCleanup((cleanup) => bench(programs, cleanup));
}

async function bench(programs: Programs, cleanup: Cleanup): Promise<void> {
  const { prometheus, alertmanager } = programs;
  const stack = cleanup.stopLater(
    await startStack({
      environment,
      programs: { prometheus, alertmanager },
      services: exampleServices([SERVICE]),
    }),
  );
  const chart = cleanup.stopLater(
    await startChartStack(programs, new URL(stack.urls.services[SERVICE] ?? '').host),
  );
  const watchers: readonly Watcher[] = [
    {
      name: 'this stack, prod',
      alert: ALERT,
      seen: `namespace_job:up:available{job="${SERVICE}"}`,
      prometheus: stack.urls.prometheus,
      alertmanager: stack.urls.alertmanager,
      webhook: stack.webhook,
    },
    {
      name: 'kube-prometheus-stack',
      alert: CHART_ALERT,
      seen: `up{job="${SERVICE}"}`,
      ...chart,
    },
  ];
  await Promise.all(watchers.map(untilSeen));
  const pid = stack.processes.get(SERVICE)?.pid ?? NaN;
  process.kill(pid, 'SIGKILL');
  const killedAt = Date.now();
  process.stdout.write(
    `${SERVICE} killed at ${new Date(killedAt).toISOString()}; both stacks are waited for\n`,
  );
  process.stdout.write(`${table(await Promise.all(watchers.map((watcher) => told(watcher, killedAt))))}\n`);
}

async function untilSeen({ name, prometheus, seen }: Watcher): Promise<void> {
  await eventually(
    `${name} sees the service`,
    () => getJson(`${prometheus}/api/v1/query?query=${encodeURIComponent(seen)}`) as Promise<Answer>,
    ({ data }) => data.result[0]?.value[1] === '1',
    SEEN_WITHIN_MS,
  );
}

async function told(watcher: Watcher, killedAt: number): Promise<Told> {
  const { name, alert, webhook } = watcher;
  const notification = await eventually(
    `${name} tells of ${alert}`,
    () =>
      webhook.notifications.find(({ alerts }) =>
        alerts.some(({ status, labels }) => status === 'firing' && labels['alertname'] === alert),
      ),
    (found) => found !== undefined,
    TOLD_WITHIN_MS,
  );
  const took = (Date.now() - killedAt) / 1000;
  process.stdout.write(`${name}: ${alert} told after ${took.toFixed(1)} s\n`);
  return {
    name,
    alert,
    took,
    ...(await readWatching(watcher, SERVICE, alert, notification?.receiver ?? '')),
  };
}

function table(all: readonly Told[]): string {
  const [first] = all;
  const lines = new Table({
    head: [
      'dead service',
      'alert',
      'scrape',
      'evaluation',
      'for',
      'group_wait',
      'fault to notification',
      'ratio',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { name, alert, scrape, evaluation, holds, groupWait, took } of all) {
    const settings = [scrape, evaluation, holds, groupWait].map((value) => `${String(value)} s`);
    lines.push([name, alert, ...settings, `${took.toFixed(1)} s`, (took / (first?.took ?? NaN)).toFixed(1)]);
  }
  return lines.toString();
}

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}
