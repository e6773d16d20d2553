import type { ReceiverSettings, TeamRoute, WebhookSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import type { Integration, Receiver } from './routing';

/** The one receiver that may do nothing: its alerts are seen in the user interfaces only. */
export const UI_ONLY = 'ui-only';

/** The receiver of the alert that fires while all is well. */
export const HEARTBEAT = 'heartbeat';

/** Topics of the AWS side that Alertmanager publishes to. */
export interface SnsTopics {
  readonly region: string;
  /** Topic for people, `rag-monitoring-alerts`. */
  readonly alertTopicArn: string;
  /** Topic that the heartbeat alarm watches. */
  readonly heartbeatTopicArn: string;
}

/** Name of a team's receiver. */
export function teamReceiverName(team: string): string {
  return `team-${team}`;
}

/**
 * The topics that are used: those given, unless the settings say no.
 *
 * @throws ConfigError if SNS is asked for where there is no AWS
 */
export function usedTopics(
  settings: ReceiverSettings,
  topics: SnsTopics | undefined,
  where: string,
): SnsTopics | undefined {
  if (settings.sns === true && topics === undefined) {
    throw new ConfigError({
      where: `${where}.sns`,
      found: 'true in an environment without AWS',
      allowed: 'true where the environment has `aws`, else false or nothing',
      mend: 'remove the field, or give the environment an AWS account',
    });
  }
  return settings.sns === false ? undefined : topics;
}

/**
 * Critical alerts: PagerDuty, Slack, e-mail, SNS and the webhook, as far as the settings have them.
 *
 * @throws ConfigError if there is none of them
 */
export function criticalReceiver(
  settings: ReceiverSettings,
  topics: SnsTopics | undefined,
  where: string,
): Receiver {
  const integrations: Integration[] = [];
  if (settings.pagerduty) {
    integrations.push({ kind: 'pagerduty', routingKey: settings.pagerduty.routingKey });
  }
  if (settings.slack) {
    integrations.push({ kind: 'slack', channel: settings.slack.criticalChannel ?? '#alerts-critical' });
  }
  integrations.push(...email(settings, where));
  if (topics !== undefined) {
    integrations.push({
      kind: 'sns',
      topicArn: topics.alertTopicArn,
      region: topics.region,
      severity: 'critical',
      sendResolved: true,
    });
  }
  integrations.push(...webhook(settings.webhook, where));
  return somebody({ name: 'critical', integrations }, where, 'pagerduty, slack, email, sns or webhook');
}

/**
 * Warnings: Slack, e-mail and the webhook, as far as the settings have them.
 *
 * @throws ConfigError if there is none of them
 */
export function warningReceiver(settings: ReceiverSettings, where: string): Receiver {
  const slack: Integration[] =
    settings.slack === undefined
      ? []
      : [{ kind: 'slack', channel: settings.slack.warningChannel ?? '#alerts' }];
  const integrations = [...slack, ...email(settings, where), ...webhook(settings.webhook, where)];
  return somebody({ name: 'warning', integrations }, where, 'slack, email or webhook');
}

/**
 * The Watchdog, every few minutes: to the topic that the heartbeat alarm watches, or else to the webhook, behind which
 * something should miss it. With neither there is no such receiver.
 */
export function heartbeatReceivers(
  settings: ReceiverSettings,
  topics: SnsTopics | undefined,
  where: string,
): Receiver[] {
  const integrations: Integration[] =
    topics === undefined
      ? webhook(settings.webhook, where)
      : [
          {
            kind: 'sns',
            topicArn: topics.heartbeatTopicArn,
            region: topics.region,
            severity: 'none',
            sendResolved: false,
          },
        ];
  return integrations.length > 0 ? [{ name: HEARTBEAT, integrations }] : [];
}

/**
 * One receiver for each team.
 *
 * @throws ConfigError if a team is named twice, or asks for a channel or for nothing that could tell it
 */
export function teamReceivers(settings: ReceiverSettings, where: string): Receiver[] {
  const teams = settings.teams ?? [];
  return teams.map((team, index) => {
    const place = `${where}.teams[${String(index)}]`;
    if (teams.findIndex((other) => other.team === team.team) !== index) {
      throw new ConfigError({
        where: `${place}.team`,
        found: `"${team.team}" a second time`,
        allowed: 'each team once',
        mend: 'put the channel and the addresses into one entry',
      });
    }
    return teamReceiver(team, settings, place);
  });
}

function teamReceiver(team: TeamRoute, settings: ReceiverSettings, where: string): Receiver {
  const emails = team.emails ?? [];
  requireService(
    team.slackChannel !== undefined && settings.slack === undefined,
    where,
    'slackChannel',
    'slack',
  );
  requireService(emails.length > 0 && settings.email === undefined, where, 'emails', 'email');
  const integrations: Integration[] = [];
  if (team.slackChannel !== undefined) integrations.push({ kind: 'slack', channel: team.slackChannel });
  if (emails.length > 0) integrations.push({ kind: 'email', to: emails });
  if (integrations.length === 0) {
    throw new ConfigError({
      where,
      found: `team "${team.team}" without a way to reach it`,
      allowed: 'slackChannel, emails or both',
      mend: 'add one, or remove the team: its alerts go where their severity says anyway',
    });
  }
  return { name: teamReceiverName(team.team), integrations };
}

function requireService(missing: boolean, where: string, field: string, service: string): void {
  if (!missing) return;
  throw new ConfigError({
    where: `${where}.${field}`,
    found: `${field} where the receivers have no \`${service}\``,
    allowed: `${field} together with \`${service}\``,
    mend: `add \`${service}\` to the receivers, or remove ${field}`,
  });
}

function somebody(receiver: Receiver, where: string, allowed: string): Receiver {
  if (receiver.integrations.length > 0) return receiver;
  throw new ConfigError({
    where,
    found: `nobody is told of severity "${receiver.name}"`,
    allowed: `at least one of ${allowed}`,
    mend: 'add one; an environment on one machine can use `webhook` with a plain URL',
  });
}

function email(settings: ReceiverSettings, where: string): Integration[] {
  if (settings.email === undefined) return [];
  if (settings.email.to.length === 0) {
    throw new ConfigError({
      where: `${where}.email.to`,
      found: 'no address',
      allowed: 'one or more e-mail addresses',
      mend: 'add an address, or remove `email`',
    });
  }
  return [{ kind: 'email', to: settings.email.to }];
}

function webhook(settings: WebhookSettings | undefined, where: string): Integration[] {
  if (settings === undefined) return [];
  if (typeof settings.url === 'string') requirePlainUrl(settings.url, `${where}.webhook.url`);
  return [{ kind: 'webhook', url: settings.url }];
}

/** Hosts that only the cluster or its machine can reach: whoever knows such a URL can do nothing with it. */
const INTERNAL_HOST =
  /^([^.]+|.+\.(svc|svc\.cluster\.local|internal|local)|10\..+|192\.168\..+|172\.(1[6-9]|2\d|3[01])\..+)$/;

function requirePlainUrl(url: string, where: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const plain =
    parsed !== undefined &&
    /^https?:$/.test(parsed.protocol) &&
    INTERNAL_HOST.test(parsed.hostname) &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.search === '';
  if (plain) return;
  throw new ConfigError({
    where,
    found: parsed === undefined ? 'text that is no URL' : `a plain URL of ${parsed.hostname}`,
    allowed: 'the name and key of a Secret, or an http(s) URL inside the cluster without password and query',
    mend: 'put the URL into a Secret and write { name, key }',
  });
}
