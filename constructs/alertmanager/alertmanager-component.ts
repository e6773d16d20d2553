import type {
  AlertmanagerSettings,
  ClusterNetwork,
  ReceiverSettings,
  SecretRef,
} from '../../environments/environment';
import type { Component, Connection, IamStatement, Port } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';
import { addresses, awsEndpoints, internet } from '../kubernetes/peers';
import { renderYaml } from '../kubernetes/render-yaml';
import { notificationTemplates, renderAlertmanagerConfig, TEMPLATE_DIRECTORY } from './alertmanager-config';
import type { NotificationLinks } from './integrations';
import type { SnsTopics } from './receivers';
import type { RoutingModel } from './routing';

/** Port of the API and the user interface. */
export const ALERTMANAGER_PORT = 9093;

/** Port at which the two of a pair gossip. */
export const CLUSTER_PORT = 9094;

const NAME = 'alertmanager';

/** What an Alertmanager is described by. */
export interface AlertmanagerComponentOptions {
  readonly namespace: string;
  readonly settings: AlertmanagerSettings;
  readonly network: ClusterNetwork;
  /** From {@link alertRouting} over the same receivers. */
  readonly routing: RoutingModel;
  readonly links: NotificationLinks;
  /**
   * Topics that the routing publishes to.
   * @default - no AWS
   */
  readonly sns?: SnsTopics;
  /**
   * Place of the settings, for messages.
   * @default 'alertmanager'
   */
  readonly where?: string;
}

/**
 * Alertmanager as the others see it. Alerts come from components only (Prometheus, Grafana); what it calls is what its
 * receivers need.
 *
 * @throws ConfigError if the address of a server cannot be read
 */
export function alertmanagerComponent(options: AlertmanagerComponentOptions): Component {
  const { namespace, settings, routing, links, network } = options;
  const { receivers } = settings;
  const where = options.where ?? NAME;
  const sns = receivers.sns === false ? undefined : options.sns;
  return {
    name: NAME,
    namespace,
    ports: [{ name: 'http', number: ALERTMANAGER_PORT }, ...(settings.replicas > 1 ? clusterPorts() : [])],
    config: [
      {
        name: 'config',
        mountPath: '/etc/alertmanager',
        files: {
          'alertmanager.yml': renderYaml(renderAlertmanagerConfig({ routing, settings: receivers, links })),
        },
        // Alertmanager reloads on a request or a signal, never by itself.
        reload: 'restart',
      },
      { name: 'templates', mountPath: TEMPLATE_DIRECTORY, files: notificationTemplates(), reload: 'restart' },
    ],
    secrets: secrets(receivers),
    egress: [
      ...(settings.replicas > 1 ? [gossip(namespace)] : []),
      ...receiverConnections(receivers, where),
      ...(sns === undefined ? [] : awsEndpoints(network)),
    ],
    ingress: [],
    awsPermissions: sns && publish(sns),
    metrics: { port: 'http' },
  };
}

function clusterPorts(): Port[] {
  return [
    { name: 'cluster-tcp', number: CLUSTER_PORT },
    { name: 'cluster-udp', number: CLUSTER_PORT, protocol: 'UDP' },
  ];
}

function gossip(namespace: string): Connection {
  return {
    peer: { kind: 'component', name: NAME, namespace },
    ports: [{ number: CLUSTER_PORT }, { number: CLUSTER_PORT, protocol: 'UDP' }],
    why: 'Gossip of silences and of what has been sent',
  };
}

/** The use of the topics' key is granted in the key's own policy. */
function publish(topics: SnsTopics): IamStatement[] {
  return [
    {
      sid: 'PublishAlerts',
      actions: ['sns:Publish'],
      resources: [topics.alertTopicArn, topics.heartbeatTopicArn],
    },
  ];
}

function secrets({ slack, pagerduty, email, webhook }: ReceiverSettings): SecretRef[] {
  const found = [slack?.botToken, pagerduty?.routingKey, email?.password, webhook?.url];
  return found.filter((secret): secret is SecretRef => typeof secret === 'object');
}

function receiverConnections(receivers: ReceiverSettings, where: string): Connection[] {
  const { slack, pagerduty, email, webhook } = receivers;
  const connections: Connection[] = [];
  if (slack !== undefined) connections.push(internet(443, 'Slack'));
  if (pagerduty !== undefined) connections.push(internet(443, 'PagerDuty'));
  if (email !== undefined) {
    const port = smtpPort(email.smarthost, `${where}.receivers.email.smarthost`);
    connections.push(
      email.cidrs ? addresses(email.cidrs, port, 'SMTP server') : internet(port, 'SMTP server'),
    );
  }
  if (webhook !== undefined) {
    const port = webhook.port ?? (typeof webhook.url === 'string' ? portOfUrl(webhook.url) : 443);
    connections.push(webhook.cidrs ? addresses(webhook.cidrs, port, 'Webhook') : internet(port, 'Webhook'));
  }
  return connections;
}

function smtpPort(smarthost: string, where: string): number {
  const port = Number(/^[^:\s]+:(\d{1,5})$/.exec(smarthost)?.[1]);
  if (port >= 1 && port <= 65_535) return port;
  throw new ConfigError({
    where,
    found: `"${smarthost}"`,
    allowed: 'host:port with a port from 1 to 65535',
    mend: 'write it as in smtp.example.org:587',
  });
}

function portOfUrl(url: string): number {
  const { port, protocol } = new URL(url);
  if (port !== '') return Number(port);
  return protocol === 'http:' ? 80 : 443;
}
