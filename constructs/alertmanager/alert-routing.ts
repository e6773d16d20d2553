import type { ReceiverSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import {
  criticalReceiver,
  HEARTBEAT,
  heartbeatReceivers,
  teamReceiverName,
  teamReceivers,
  UI_ONLY,
  usedTopics,
  warningReceiver,
  type SnsTopics,
} from './receivers';
import { allRoutes, type InhibitRule, type Matcher, type Route, type RoutingModel } from './routing';

/** The alert that fires while all is well; its absence is what the heartbeat alarm notices. */
export const WATCHDOG = 'Watchdog';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Labels of one notification. Alerts of one rule share it, so that an outage of twenty pods is one message; the
 * namespace keeps the application's environments apart.
 */
const GROUP_BY = ['alertname', 'namespace'];

/** What is neither critical nor a warning by its label is told like a warning, at Alertmanager's own pace. */
const DEFAULT_TIMING = {
  groupWaitSeconds: 30,
  groupIntervalSeconds: 5 * MINUTE,
  repeatIntervalSeconds: 4 * HOUR,
};

/** A page comes within seconds, a second fault of the same kind within a minute, and a reminder each hour. */
const CRITICAL_TIMING = {
  groupWaitSeconds: 10,
  groupIntervalSeconds: MINUTE,
  repeatIntervalSeconds: HOUR,
};

/** A warning is work for the day: two reminders in 24 hours. */
const WARNING_TIMING = { ...DEFAULT_TIMING, repeatIntervalSeconds: 12 * HOUR };

/**
 * The heartbeat alarm counts messages in periods of 300 s. Alertmanager looks at a group once in its interval, so that
 * a repeat of two minutes takes three at worst: each period sees at least one message.
 */
const HEARTBEAT_TIMING = {
  groupWaitSeconds: 0,
  groupIntervalSeconds: MINUTE,
  repeatIntervalSeconds: 2 * MINUTE,
};

/**
 * Labels that make two alerts the same condition at two severities. `alertname` is on every alert, so that a rule never
 * silences another one; of the rest those that neither alert has count as equal, and one that only one has keeps both.
 */
export const SAME_CONDITION: readonly string[] = [
  'alertname',
  'namespace',
  'job',
  'service',
  'instance',
  'pod',
  'provider',
  'model',
  'queue',
  'slo',
  'node',
  'mountpoint',
  'persistentvolumeclaim',
];

/** What {@link alertRouting} needs beside the receivers. */
export interface RoutingOptions {
  /** @default - no AWS */
  readonly sns?: SnsTopics;
  /**
   * Place of the settings, for messages.
   * @default 'alertmanager.receivers'
   */
  readonly where?: string;
}

/**
 * Routes and receivers of an environment.
 *
 * - `Watchdog` goes to the heartbeat topic, or where there is none to the webhook; with neither it is shown only.
 * - severity `info` is shown only.
 * - a label `team` that the settings know sends to that team, beside what severity says.
 * - `critical` and `warning` go to the receivers of these names.
 * - everything else, such as an alert without a severity, is told like a warning: nothing is lost for want of a label.
 *
 * @throws ConfigError if a severity or team would reach nobody, or a receiver is asked for that the settings lack
 */
export function alertRouting(settings: ReceiverSettings, options: RoutingOptions = {}): RoutingModel {
  const where = options.where ?? 'alertmanager.receivers';
  const topics = usedTopics(settings, options.sns, where);
  const heartbeats = heartbeatReceivers(settings, topics, where);
  const model: RoutingModel = {
    root: {
      receiver: 'warning',
      matchers: [],
      groupBy: GROUP_BY,
      timing: DEFAULT_TIMING,
      routes: [
        watchdogRoute(heartbeats.length > 0),
        { receiver: UI_ONLY, matchers: [severity('info')] },
        ...(settings.teams ?? []).map(({ team }) => teamRoute(team)),
        { receiver: 'critical', matchers: [severity('critical')], timing: CRITICAL_TIMING },
        { receiver: 'warning', matchers: [severity('warning')], timing: WARNING_TIMING },
      ],
    },
    receivers: [
      criticalReceiver(settings, topics, where),
      warningReceiver(settings, where),
      ...teamReceivers(settings, where),
      ...heartbeats,
      { name: UI_ONLY, integrations: [] },
    ],
    inhibitRules: [inhibit('critical', 'warning'), inhibit('critical', 'info'), inhibit('warning', 'info')],
  };
  checkRouting(model, where);
  return model;
}

/**
 * Refuses a tree that names a receiver which is not defined, defines one twice, or has an empty one beside `ui-only`.
 *
 * @throws ConfigError
 */
export function checkRouting(model: RoutingModel, where: string): void {
  const names = model.receivers.map(({ name }) => name);
  for (const { receiver } of allRoutes(model.root)) {
    if (names.includes(receiver)) continue;
    throw new ConfigError({
      where,
      found: `a route to receiver "${receiver}", which is not defined`,
      allowed: names.join(', '),
      mend: 'define the receiver or route to one of these',
    });
  }
  model.receivers.forEach(({ name, integrations }, index) => {
    if (names.indexOf(name) !== index) {
      throw new ConfigError({
        where,
        found: `receiver "${name}" twice`,
        allowed: 'each name once',
        mend: 'rename one of them',
      });
    }
    if (integrations.length > 0 || name === UI_ONLY) return;
    throw new ConfigError({
      where,
      found: `receiver "${name}", which tells nobody`,
      allowed: `only "${UI_ONLY}" may be empty`,
      mend: `give it an integration, or route to "${UI_ONLY}"`,
    });
  });
}

function severity(value: string): Matcher {
  return { label: 'severity', operator: '=', value };
}

function watchdogRoute(heartbeat: boolean): Route {
  return {
    receiver: heartbeat ? HEARTBEAT : UI_ONLY,
    matchers: [{ label: 'alertname', operator: '=', value: WATCHDOG }],
    groupBy: ['alertname'],
    timing: HEARTBEAT_TIMING,
  };
}

function teamRoute(team: string): Route {
  return {
    receiver: teamReceiverName(team),
    matchers: [{ label: 'team', operator: '=', value: team }],
    continue: true,
  };
}

function inhibit(source: string, target: string): InhibitRule {
  return {
    name: `${source}-over-${target}`,
    source: [severity(source)],
    target: [severity(target)],
    equal: SAME_CONDITION,
  };
}
