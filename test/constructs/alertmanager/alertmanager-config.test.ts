import {
  notificationTemplates,
  renderAlertmanagerConfig,
} from '../../../constructs/alertmanager/alertmanager-config';
import { renderYaml } from '../../../constructs/kubernetes/render-yaml';
import { ALL_RECEIVERS, fullRouting, LINKS } from './settings';

type Configs = Record<string, Record<string, unknown>[] | undefined>;

function config() {
  return renderAlertmanagerConfig({ routing: fullRouting(), settings: ALL_RECEIVERS, links: LINKS });
}

function receiver(name: string): Configs {
  const all = config()['receivers'] as (Configs & { name: unknown })[];
  return all.find((candidate) => candidate.name === name) ?? {};
}

describe('renderAlertmanagerConfig', () => {
  it('names the files of secrets, never their values', () => {
    expect(config()['global']).toMatchObject({
      slack_app_token_file: '/etc/secrets/receivers/slack-url',
      smtp_auth_password_file: '/etc/secrets/receivers/smtp-password',
      smtp_smarthost: 'smtp.example.org:587',
      smtp_require_tls: true,
    });
    expect(receiver('critical')['pagerduty_configs']?.[0]).toMatchObject({
      routing_key_file: '/etc/secrets/receivers/pagerduty-key',
    });
    expect(receiver('critical')['webhook_configs']?.[0]).toEqual({
      send_resolved: true,
      url_file: '/etc/secrets/webhook/url',
    });
    expect(renderYaml(config())).not.toMatch(
      /(api_url|password|routing_key|service_key|access_key|secret_key):/,
    );
  });

  it('leaves global settings of unused services out', () => {
    const settings = { webhook: { url: 'http://sink.dev.svc/' } };

    expect(renderAlertmanagerConfig({ routing: fullRouting(), settings, links: LINKS })['global']).toEqual({
      resolve_timeout: '5m',
    });
  });

  it('publishes to SNS with the region only, a subject and the attribute that subscriptions filter by', () => {
    expect(receiver('critical')['sns_configs']?.[0]).toEqual({
      send_resolved: true,
      topic_arn: 'arn:aws:sns:ap-southeast-2:111122223333:rag-monitoring-alerts',
      sigv4: { region: 'ap-southeast-2' },
      subject: '{{ template "rag.sns.subject" . }}',
      message: '{{ template "rag.text" . }}',
      attributes: {
        severity: 'critical',
        alertname: '{{ .GroupLabels.alertname }}',
        status: '{{ .Status }}',
      },
    });
    expect(receiver('heartbeat')['sns_configs']?.[0]).toMatchObject({
      topic_arn: 'arn:aws:sns:ap-southeast-2:111122223333:rag-monitoring-heartbeat',
      send_resolved: false,
    });
  });

  it('sends e-mail with a Subject header to all addresses', () => {
    const [email] = receiver('warning')['email_configs'] ?? [];

    expect(email).toMatchObject({
      to: 'team@example.org, boss@example.org',
      headers: { Subject: '{{ template "rag.title" . }}' },
    });
    expect(Object.keys(email ?? {})).not.toEqual(expect.arrayContaining(['subject', 'body']));
  });

  it('links Slack messages to the firing alerts and to a silence for them', () => {
    const [slack] = receiver('critical')['slack_configs'] ?? [];

    expect(slack).toMatchObject({
      channel: '#alerts-critical',
      title_link: LINKS.alerts,
      send_resolved: true,
    });
    expect((slack?.['actions'] as { url: string }[])[0]?.url).toMatch(
      /^https:\/\/grafana\.example\.org\/alerting\/silence\/new\?alertmanager=Alertmanager&matcher=alertname%3D\{\{/,
    );
  });

  it('writes the tree with quoted matchers and durations', () => {
    expect(config()['route']).toMatchObject({
      receiver: 'warning',
      group_by: ['alertname', 'namespace'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
    });
    const { routes } = config()['route'] as { routes: Record<string, unknown>[] };
    expect(routes[0]).toMatchObject({
      matchers: ['alertname="Watchdog"'],
      group_wait: '0s',
      repeat_interval: '2m',
    });
    expect(routes[2]).toEqual({ receiver: 'team-database', matchers: ['team="database"'], continue: true });
  });

  it('writes inhibition with the new matchers', () => {
    const [first] = config()['inhibit_rules'] as Record<string, unknown>[];

    expect(first).toMatchObject({
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity="warning"'],
    });
  });

  it('uses only templates that the files define', () => {
    const defined = Object.values(notificationTemplates()).flatMap((text) =>
      [...text.matchAll(/define "([^"]+)"/g)].map(([, name]) => name),
    );
    const used = [...renderYaml(config()).matchAll(/template "([^"]+)"/g)].map(([, name]) => name);

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
  });
});
