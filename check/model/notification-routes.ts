import { receiversFor, type RoutingModel } from '../../constructs/alertmanager/routing';
import type { ConfigProblem } from '../../constructs/kubernetes/config-error';

/** An alert as Alertmanager sees it. */
export interface RoutedAlert {
  /** Name and labels, `alertname` among them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Place of its rule. */
  readonly where: string;
}

/** Receiver that may be empty: its alerts are for the screen. */
const SCREEN_ONLY = 'ui-only';

/** Receivers that are named but not defined, and alerts that end where nobody is told. */
export function routeProblems(
  environment: string,
  routing: RoutingModel,
  alerts: readonly RoutedAlert[],
): readonly ConfigProblem[] {
  const defined = new Map(routing.receivers.map((receiver) => [receiver.name, receiver]));
  const place = `${environment}: alertmanager`;
  const empty = routing.receivers
    .filter(({ name, integrations }) => name !== SCREEN_ONLY && integrations.length === 0)
    .map(({ name }) => ({
      where: place,
      found: `the receiver "${name}" tells nobody`,
      allowed: `at least one integration in every receiver but ${SCREEN_ONLY}`,
      mend: 'give it an integration or route its alerts elsewhere',
    }));
  const lost = alerts.flatMap(({ labels, where }) =>
    receiversFor(routing, labels).flatMap((name) => {
      if (!defined.has(name)) {
        return [
          {
            where: `${environment}: ${where}`,
            found: `goes to the receiver "${name}", which is not defined`,
            allowed: [...defined.keys()].join(', '),
            mend: 'define the receiver or correct the route',
          },
        ];
      }
      const screenOnly = name === SCREEN_ONLY && labels['severity'] !== 'info';
      return screenOnly ? [toNobody(`${environment}: ${where}`, labels)] : [];
    }),
  );
  return [...empty, ...lost];
}

function toNobody(where: string, labels: Readonly<Record<string, string>>): ConfigProblem {
  return {
    where,
    found: `severity "${labels['severity'] ?? 'none'}" ends in ${SCREEN_ONLY}: nobody is told`,
    allowed: `${SCREEN_ONLY} for alerts of severity info only`,
    mend: 'give the alert a severity that is routed, or the environment a receiver for it',
  };
}
