import { receiversFor, type RoutingModel } from '../../constructs/alertmanager/routing';
import type { Position } from '../../content/position';
import { fileStart, findingAt, type Finding } from '../finding';

/** Name of this check. */
const RULE = 'model/route';

/** An alert as Alertmanager sees it. */
export interface RoutedAlert {
  /** Name and labels, `alertname` among them. */
  readonly labels: Readonly<Record<string, string>>;
  /** File of its rule. */
  readonly file: string;
  /** Place of its rule. */
  readonly at: () => Position;
}

/** Severity of the alert that fires while all is well. */
const HEARTBEAT = 'none';

/** Receiver that may be empty: its alerts are for the screen. */
const SCREEN_ONLY = 'ui-only';

/** Receivers that are named but not defined, and alerts that end where nobody is told. */
export function routeFindings(
  environment: string,
  routing: RoutingModel,
  alerts: readonly RoutedAlert[],
): readonly Finding[] {
  const defined = new Map(routing.receivers.map((receiver) => [receiver.name, receiver]));
  return [
    ...emptyReceivers(environment, routing),
    ...alerts.flatMap((alert) =>
      receiversFor(routing, alert.labels).flatMap((name) => {
        if (!defined.has(name)) return [notDefined(environment, alert, name, [...defined.keys()])];
        return name === SCREEN_ONLY && alert.labels['severity'] !== 'info'
          ? [toNobody(environment, alert)]
          : [];
      }),
    ),
  ];
}

function emptyReceivers(environment: string, routing: RoutingModel): Finding[] {
  return routing.receivers
    .filter(({ name, integrations }) => name !== SCREEN_ONLY && integrations.length === 0)
    .map(({ name }) =>
      findingAt(`${environment}: alertmanager`, fileStart, {
        rule: RULE,
        message: `the receiver "${name}" tells nobody; allowed: at least one integration in every receiver but ${SCREEN_ONLY}`,
        hint: 'give it an integration or route its alerts elsewhere',
      }),
    );
}

function notDefined(
  environment: string,
  alert: RoutedAlert,
  name: string,
  defined: readonly string[],
): Finding {
  return findingAt(alert.file, alert.at(), {
    rule: RULE,
    message: `in ${environment} the alert goes to the receiver "${name}", which is not defined; allowed: ${defined.join(', ')}`,
    hint: 'define the receiver or correct the route',
  });
}

function toNobody(environment: string, { labels, file, at }: RoutedAlert): Finding {
  const severity = labels['severity'] ?? '';
  const heartbeat = severity === HEARTBEAT;
  return findingAt(file, at(), {
    // Monitoring works without a heartbeat; only its own end goes unnoticed.
    severity: heartbeat ? 'warning' : 'error',
    rule: RULE,
    message: `in ${environment} an alert of severity "${severity}" ends in ${SCREEN_ONLY}, where nobody is told; allowed: severity info only`,
    hint: heartbeat
      ? 'give the environment SNS or a webhook, so that somebody misses the heartbeat'
      : 'give the alert a severity that is routed, or the environment a receiver for it',
  });
}
