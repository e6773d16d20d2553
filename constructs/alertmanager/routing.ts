import { RE2JS } from 're2js';
import type { SecretRef } from '../../environments/environment';

/** Where alerts go: a tree of routes, what each receiver does, and which alert silences which. */
export interface RoutingModel {
  /** Gets what no child takes. */
  readonly root: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibitRules: readonly InhibitRule[];
}

/** A node of the routing tree; what it does not state it has from its parent. */
export interface Route {
  /** Name of a receiver. */
  readonly receiver: string;
  /** All of them must hold; the root has none. */
  readonly matchers: readonly Matcher[];
  /**
   * Later siblings are tried as well.
   * @default false
   */
  readonly continue?: boolean;
  /**
   * Labels whose equal values share one notification.
   * @default - the parent's
   */
  readonly groupBy?: readonly string[];
  /** @default - the parent's */
  readonly timing?: RouteTiming;
  /** @default [] */
  readonly routes?: readonly Route[];
}

/** When a group of alerts is told, in seconds. */
export interface RouteTiming {
  /** From the first alert of a new group to its notification. */
  readonly groupWaitSeconds: number;
  /** From one notification of a group to the next, if alerts joined or left it. */
  readonly groupIntervalSeconds: number;
  /** Until an unchanged group is told again. It takes effect at a multiple of the group's interval. */
  readonly repeatIntervalSeconds: number;
}

/** A condition on one label; an absent label counts as empty. Regular expressions match the whole value. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A named set of ways to tell somebody. */
export interface Receiver {
  readonly name: string;
  readonly integrations: readonly Integration[];
}

/** One way to tell somebody. */
export type Integration =
  | { readonly kind: 'slack'; readonly channel: string }
  | { readonly kind: 'pagerduty'; readonly routingKey: SecretRef }
  | { readonly kind: 'email'; readonly to: readonly string[] }
  | {
      readonly kind: 'sns';
      readonly topicArn: string;
      readonly region: string;
      /** Message attribute `severity`, which subscriptions filter by. */
      readonly severity: string;
      /** Also tell that the alert is over. */
      readonly sendResolved: boolean;
    }
  | { readonly kind: 'webhook'; readonly url: SecretRef | string };

/** While an alert of `source` fires, alerts of `target` that agree with it on the labels in `equal` are not told. */
export interface InhibitRule {
  readonly name: string;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  /** Labels that both must share; one that both lack counts as shared. */
  readonly equal: readonly string[];
}

/**
 * Names of the receivers that an alert reaches, in the order of the tree.
 *
 * The search is Alertmanager's own: depth first, a child before its parent, and after the first child that takes the
 * alert its later siblings only if it says `continue` (prometheus.io/docs/alerting/latest/configuration/#route).
 */
export function receiversFor(model: RoutingModel, labels: Readonly<Record<string, string>>): string[] {
  return matchingRoutes(model.root, labels).map(({ receiver }) => receiver);
}

/** Whether a label set fulfils all matchers. */
export function matches(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every(({ label, operator, value }) => {
    const found = labels[label] ?? '';
    switch (operator) {
      case '=':
        return found === value;
      case '!=':
        return found !== value;
      case '=~':
        return RE2JS.matches(value, found);
      case '!~':
        return !RE2JS.matches(value, found);
    }
  });
}

/** Every route of the tree, parents first. */
export function allRoutes(route: Route): Route[] {
  return [route, ...(route.routes ?? []).flatMap(allRoutes)];
}

function matchingRoutes(route: Route, labels: Readonly<Record<string, string>>): Route[] {
  if (!matches(route.matchers, labels)) return [];
  const found: Route[] = [];
  for (const child of route.routes ?? []) {
    const taken = matchingRoutes(child, labels);
    found.push(...taken);
    if (taken.length > 0 && child.continue !== true) break;
  }
  return found.length > 0 ? found : [route];
}
