import { alertRouting } from '../../../constructs/alertmanager/alert-routing';
import type { NotificationLinks } from '../../../constructs/alertmanager/integrations';
import type { SnsTopics } from '../../../constructs/alertmanager/receivers';
import type { RoutingModel } from '../../../constructs/alertmanager/routing';
import type { AlertmanagerSettings, ReceiverSettings } from '../../../environments/environment';

/** Topics as the AWS side would name them. */
export const TOPICS: SnsTopics = {
  region: 'ap-southeast-2',
  alertTopicArn: 'arn:aws:sns:ap-southeast-2:111122223333:rag-monitoring-alerts',
  heartbeatTopicArn: 'arn:aws:sns:ap-southeast-2:111122223333:rag-monitoring-heartbeat',
};

/** Grafana's pages. */
export const LINKS: NotificationLinks = {
  alerts: 'https://grafana.example.org/alerting/groups',
  silence: 'https://grafana.example.org/alerting/silence/new?alertmanager=Alertmanager',
};

/** Every way to tell somebody, and two teams. */
export const ALL_RECEIVERS: ReceiverSettings = {
  slack: { botToken: { name: 'receivers', key: 'slack-url' } },
  pagerduty: { routingKey: { name: 'receivers', key: 'pagerduty-key' } },
  email: {
    from: 'alerts@example.org',
    to: ['team@example.org', 'boss@example.org'],
    smarthost: 'smtp.example.org:587',
    username: 'smtp-user',
    password: { name: 'receivers', key: 'smtp-password' },
  },
  webhook: { url: { name: 'webhook', key: 'url' } },
  teams: [
    { team: 'database', slackChannel: '#database', emails: ['dba@example.org'] },
    { team: 'rag', slackChannel: '#rag' },
  ],
};

/** A cluster of one's own. */
export const NETWORK = { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] };

/** The routing with every receiver, and with AWS. */
export function fullRouting(): RoutingModel {
  return alertRouting(ALL_RECEIVERS, { sns: TOPICS });
}

/** Settings of one Alertmanager with every receiver. */
export function someSettings(overrides: Partial<AlertmanagerSettings> = {}): AlertmanagerSettings {
  return {
    replicas: 1,
    volume: { sizeGiB: 2, storageClass: 'gp3' },
    resources: { cpuMillicores: 10, memoryMiB: 64 },
    receivers: ALL_RECEIVERS,
    ...overrides,
  };
}
