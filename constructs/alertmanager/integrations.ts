import { secretFile } from '../kubernetes/component';
import type { Integration, Receiver } from './routing';

/** Pages that a notification links to, as a person opens them. */
export interface NotificationLinks {
  /** Page with all firing alerts. */
  readonly alerts: string;
  /** Form for a new silence; matchers are appended as `&matcher=<label>%3D<value>`. */
  readonly silence: string;
}

/** Matchers of the alerts in a notification, as the form for a silence takes them. */
const SILENCE_MATCHERS =
  '&matcher=alertname%3D{{ .GroupLabels.alertname | urlquery }}' +
  '{{ with .GroupLabels.namespace }}&matcher=namespace%3D{{ . | urlquery }}{{ end }}';

/** A receiver as alertmanager.yml has it. */
export function renderReceiver(receiver: Receiver, links: NotificationLinks): Record<string, unknown> {
  const rendered: Record<string, unknown> = { name: receiver.name };
  for (const integration of receiver.integrations) {
    const key = `${integration.kind}_configs`;
    const before = Array.isArray(rendered[key]) ? (rendered[key] as unknown[]) : [];
    rendered[key] = [...before, renderIntegration(integration, links)];
  }
  return rendered;
}

function renderIntegration(integration: Integration, links: NotificationLinks): Record<string, unknown> {
  switch (integration.kind) {
    case 'slack':
      return slack(integration.channel, links);
    case 'pagerduty':
      return pagerduty(secretFile(integration.routingKey), links);
    case 'email':
      return email(integration.to);
    case 'sns':
      return sns(integration);
    case 'webhook':
      return {
        send_resolved: true,
        ...(typeof integration.url === 'string'
          ? { url: integration.url }
          : { url_file: secretFile(integration.url) }),
      };
  }
}

/** The bot's token is global: `slack_app_token_file`. */
function slack(channel: string, links: NotificationLinks): Record<string, unknown> {
  return {
    send_resolved: true,
    channel,
    color: '{{ template "rag.slack.colour" . }}',
    title: '{{ template "rag.title" . }}',
    title_link: links.alerts,
    fallback: '{{ template "rag.title" . }}',
    text: '{{ template "rag.slack.text" . }}',
    mrkdwn_in: ['text'],
    actions: [{ type: 'button', text: 'Silence', url: `${links.silence}${SILENCE_MATCHERS}` }],
  };
}

/** Events API v2: `routing_key`; `service_key` would be the retired v1. */
function pagerduty(routingKeyFile: string, links: NotificationLinks): Record<string, unknown> {
  return {
    send_resolved: true,
    routing_key_file: routingKeyFile,
    severity: 'critical',
    description: '{{ template "rag.title" . }}',
    client: 'Grafana',
    client_url: links.alerts,
    class: '{{ .GroupLabels.alertname }}',
    group: '{{ .GroupLabels.namespace }}',
    component: '{{ .CommonLabels.job }}',
    details: {
      firing: '{{ template "rag.text.list" .Alerts.Firing }}',
      resolved: '{{ template "rag.text.list" .Alerts.Resolved }}',
      num_firing: '{{ .Alerts.Firing | len }}',
    },
    // A link whose address comes out empty is not sent.
    links: [
      { href: '{{ .CommonAnnotations.runbook_url }}', text: 'Runbook' },
      { href: '{{ .CommonAnnotations.dashboard_url }}', text: 'Dashboard' },
    ],
  };
}

/** The server is global: `smtp_*`. Subject is a header; e-mail receivers have no fields `subject` and `body`. */
function email(to: readonly string[]): Record<string, unknown> {
  return {
    send_resolved: true,
    to: to.join(', '),
    headers: { Subject: '{{ template "rag.title" . }}' },
    html: '{{ template "rag.email.html" . }}',
    text: '{{ template "rag.text" . }}',
  };
}

/** Only a region: credentials come from the workload's role (AWS SDK's default chain). */
function sns(integration: Extract<Integration, { kind: 'sns' }>): Record<string, unknown> {
  return {
    send_resolved: integration.sendResolved,
    topic_arn: integration.topicArn,
    sigv4: { region: integration.region },
    subject: '{{ template "rag.sns.subject" . }}',
    message: '{{ template "rag.text" . }}',
    // SNS refuses an empty attribute, so the severity is the route's and not the alert's label.
    attributes: {
      severity: integration.severity,
      alertname: '{{ .GroupLabels.alertname }}',
      status: '{{ .Status }}',
    },
  };
}
