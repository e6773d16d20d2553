import { getJson } from '../support/eventually';
import type { E2eStack } from './stack';

/** An alert that fired: its labels and when it did. */
export interface RaisedAlert {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds, as `Date.now()` says them. */
  readonly from: number;
}

/** An alert as Prometheus shows it while it fires. */
export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The alert that fires while all is well, so that its absence is noticed. */
const WATCHDOG = 'Watchdog';

/** `HighErrorRate (critical)`. */
export function tierOf({ alert, severity }: { readonly alert: string; readonly severity: string }): string {
  return `${alert} (${severity})`;
}

/** The same of an alert's labels. */
export function tierOfLabels(labels: Readonly<Record<string, string>>): string {
  return tierOf({ alert: labels['alertname'] ?? '', severity: labels['severity'] ?? '' });
}

/** Alerts that fire now, less those that nobody is told of as their job does not run here. */
export async function firingAlerts(stack: E2eStack): Promise<readonly FiringAlert[]> {
  const { data } = (await getJson(`${stack.urls.prometheus}/api/v1/alerts`)) as {
    readonly data: { readonly alerts: readonly (FiringAlert & { readonly state: string })[] };
  };
  return data.alerts.filter(({ state, labels }) => state === 'firing' && isTold(stack, labels));
}

/** Every alert that has fired since the start, each with its first moment. */
export async function raisedAlerts(stack: E2eStack): Promise<readonly RaisedAlert[]> {
  const query = new URLSearchParams({
    query: 'ALERTS{alertstate="firing"}',
    start: String(stack.startedAt / 1_000),
    end: String(Date.now() / 1_000),
    step: '1',
  });
  const { data } = (await getJson(`${stack.urls.prometheus}/api/v1/query_range?${query.toString()}`)) as {
    readonly data: {
      readonly result: readonly {
        readonly metric: Readonly<Record<string, string>>;
        readonly values: readonly (readonly [number, string])[];
      }[];
    };
  };
  return data.result
    .filter(({ metric }) => isTold(stack, metric))
    .map(({ metric: { __name__: _name, alertstate: _state, ...labels }, values }) => ({
      labels,
      from: (values[0]?.[0] ?? 0) * 1_000,
    }));
}

/** Alerts that Alertmanager keeps back as a higher tier fires. */
export async function inhibitedTiers(stack: E2eStack): Promise<readonly string[]> {
  const alerts = (await getJson(
    `${stack.urls.alertmanager}/api/v2/alerts?active=false&silenced=false&inhibited=true`,
  )) as readonly { readonly labels: Readonly<Record<string, string>> }[];
  return alerts.map(({ labels }) => tierOfLabels(labels));
}

function isTold({ leftOut }: E2eStack, labels: Readonly<Record<string, string>>): boolean {
  return labels['alertname'] !== WATCHDOG && !leftOut.some(({ job }) => job === labels['job']);
}
