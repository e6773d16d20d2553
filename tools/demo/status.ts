import { getJson } from '../processes/eventually';
import type { RunningStack } from './running-stack';
import type { StoredTraces } from './stored-traces';

/** What the status line says. */
export interface Status {
  readonly targetsUp: number;
  readonly targets: number;
  /** Names of alerts that people are told of, each once, sorted. */
  readonly firing: readonly string[];
  /** Notifications that arrived, heartbeats not counted. */
  readonly notifications: number;
  readonly heartbeats: number;
  /** @default - Jaeger does not run */
  readonly traces?: number;
}

/** The alert that fires while all is well, so that its absence is noticed. */
const WATCHDOG = 'Watchdog';

/** Asks the running programs. */
export async function readStatus(
  { urls, webhook }: Pick<RunningStack, 'urls' | 'webhook'>,
  traces?: StoredTraces,
): Promise<Status> {
  const [targets, alerts, stored] = await Promise.all([
    getJson(`${urls.prometheus}/api/v1/targets?state=active`) as Promise<Targets>,
    getJson(`${urls.alertmanager}/api/v2/alerts?active=true&silenced=false&inhibited=false`) as Promise<
      readonly Alert[]
    >,
    traces?.count(),
  ]);
  const active = targets.data.activeTargets;
  const names = alerts.map(({ labels }) => labels['alertname'] ?? '').filter((name) => name !== WATCHDOG);
  const heartbeats = webhook.notifications.filter(
    (notification) => notification.alerts[0]?.labels['alertname'] === WATCHDOG,
  ).length;
  return {
    targetsUp: active.filter(({ health }) => health === 'up').length,
    targets: active.length,
    firing: [...new Set(names)].sort(),
    notifications: webhook.notifications.length - heartbeats,
    heartbeats,
    traces: stored,
  };
}

/** One line, whose end may be cut off by a narrow terminal: what may be long is last. */
export function statusLine(status: Status): string {
  const { firing } = status;
  return [
    `targets ${String(status.targetsUp)}/${String(status.targets)} up`,
    `${counted(status.notifications, 'notification')}, ${counted(status.heartbeats, 'heartbeat')}`,
    status.traces === undefined ? 'no Jaeger' : counted(status.traces, 'trace'),
    firing.length === 0 ? 'no alert fires' : `${String(firing.length)} firing: ${firing.join(', ')}`,
  ].join(' | ');
}

/** Whether all targets that there are were scraped. */
export function isAllUp({ targets, targetsUp }: Status): boolean {
  return targets > 0 && targets === targetsUp;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

interface Targets {
  readonly data: { readonly activeTargets: readonly { readonly health: string }[] };
}

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
}
