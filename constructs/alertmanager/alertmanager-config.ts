import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceiverSettings } from '../../environments/environment';
import { secretFile } from '../kubernetes/component';
import { renderReceiver, type NotificationLinks } from './integrations';
import type { Matcher, Route, RoutingModel } from './routing';

/** Directory of the notification templates in the pod. */
export const TEMPLATE_DIRECTORY = '/etc/alertmanager/templates';

/** What alertmanager.yml is made of. */
export interface AlertmanagerConfigOptions {
  readonly routing: RoutingModel;
  /** Servers and secrets that all receivers of a kind share. */
  readonly settings: ReceiverSettings;
  readonly links: NotificationLinks;
}

/**
 * alertmanager.yml as an object. A secret appears as the path of its file and never as a value.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function renderAlertmanagerConfig(options: AlertmanagerConfigOptions): Record<string, unknown> {
  const { routing, settings, links } = options;
  return {
    global: renderGlobal(settings),
    templates: [`${TEMPLATE_DIRECTORY}/*.tmpl`],
    route: renderRoute(routing.root),
    receivers: routing.receivers.map((receiver) => renderReceiver(receiver, links)),
    inhibit_rules: routing.inhibitRules.map((rule) => ({
      name: rule.name,
      source_matchers: rule.source.map(renderMatcher),
      target_matchers: rule.target.map(renderMatcher),
      equal: [...rule.equal],
    })),
  };
}

/** The notification templates, file name to content. They are native Go templates, kept as files beside this one. */
export function notificationTemplates(): Record<string, string> {
  const directory = join(__dirname, 'templates');
  const names = readdirSync(directory).filter((name) => name.endsWith('.tmpl'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function renderGlobal(settings: ReceiverSettings): Record<string, unknown> {
  const { slack, email } = settings;
  return {
    // For alerts that come without an end; Prometheus always sends one.
    resolve_timeout: '5m',
    ...(slack && { slack_app_token_file: secretFile(slack.botToken) }),
    ...(email && {
      smtp_smarthost: email.smarthost,
      smtp_from: email.from,
      smtp_auth_username: email.username,
      smtp_auth_password_file: secretFile(email.password),
      smtp_require_tls: true,
    }),
  };
}

function renderRoute(route: Route): Record<string, unknown> {
  const { timing } = route;
  return {
    receiver: route.receiver,
    ...(route.matchers.length > 0 && { matchers: route.matchers.map(renderMatcher) }),
    ...(route.continue === true && { continue: true }),
    ...(route.groupBy && { group_by: [...route.groupBy] }),
    ...(timing && {
      group_wait: duration(timing.groupWaitSeconds),
      group_interval: duration(timing.groupIntervalSeconds),
      repeat_interval: duration(timing.repeatIntervalSeconds),
    }),
    ...(route.routes && { routes: route.routes.map(renderRoute) }),
  };
}

/** A matcher with its value in double quotes, as the strict UTF-8 parser wants it. */
function renderMatcher({ label, operator, value }: Matcher): string {
  return `${label}${operator}${JSON.stringify(value)}`;
}

/** Seconds in the largest unit that holds them whole, such as `4h`. */
function duration(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${String(seconds / 3600)}h`;
  if (seconds > 0 && seconds % 60 === 0) return `${String(seconds / 60)}m`;
  return `${String(seconds)}s`;
}
