import { IMAGES } from '../../stacks/versions';
import { startAws, type AwsHere } from '../support/aws-here';
import {
  adaptAlertmanager,
  postAlerts,
  startAlertmanager,
  type AlertmanagerHere,
} from '../support/alertmanager-here';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { eventually } from '../support/eventually';
import { startHttpSink, type HttpSink } from '../support/http-sink';
import { freePort } from '../support/programs';
import { modelOf, renderedFolder, type RenderedFolder } from '../support/rendered';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { createTopics, type TopicHere } from '../support/topics-here';

jest.setTimeout(60_000);

const title = `prod's files in ${engineTitle('alertmanager', IMAGES.alertmanager)}, with all services on loopback`;

const ENVIRONMENT = 'prod';

/** An alert as Prometheus sends it. */
const ALERT = {
  labels: {
    alertname: 'HighErrorRate',
    severity: 'critical',
    namespace: 'prod',
    team: 'rag',
    job: 'rag-api',
  },
  annotations: {
    summary: 'Requests to the RAG service in prod fail',
    description: '7% of the requests failed',
    runbook_url: 'https://example.org/runbooks/HighErrorRate.md',
  },
};

const SUBJECT = '[FIRING] HighErrorRate: Requests to the RAG service in prod fail';

/** What the pod gets from its role; moto takes any. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_EC2_METADATA_DISABLED: 'true',
};

describeWithEngines(
  ['alertmanager', 'moto_server'],
  title,
  ({ alertmanager: command, moto_server: moto }) => {
    let folder: RenderedFolder;
    let aws: AwsHere;
    let services: HttpSink;
    let mail: SmtpSink;
    let alertmanager: AlertmanagerHere;
    let topics: Readonly<Record<string, TopicHere>>;

    beforeAll(async () => {
      folder = renderedFolder(ENVIRONMENT);
      const { accountId = '', region = '' } = modelOf(ENVIRONMENT).aws ?? {};
      aws = await startAws(moto, { accountId, region });
      services = await startHttpSink(() => ({ ok: true }));
      mail = await startSmtpSink();
      topics = await createTopics(aws, ENVIRONMENT);
      adaptAlertmanager(folder, {
        global: {
          pagerduty_url: `${services.url}/pagerduty`,
          slack_app_url: `${services.url}/slack`,
          smtp_smarthost: `127.0.0.1:${String(mail.port)}`,
          // The sink speaks without TLS.
          smtp_require_tls: false,
        },
        integrations: { sns: { api_url: aws.url } },
      });
      const port = await freePort();
      alertmanager = await startAlertmanager({ command, folder, port, env: CREDENTIALS });
      await postAlerts(alertmanager, [
        ALERT,
        { labels: { alertname: 'HighLatency', severity: 'warning', namespace: 'prod', team: 'rag' } },
        { labels: { alertname: 'Watchdog', severity: 'none', team: 'platform' } },
      ]);
    });

    afterAll(async () => {
      await Promise.all([alertmanager, aws, services, mail].map((program) => program.stop()));
      folder.remove();
    });

    const inQueue = (topic: string, endpoint: string) =>
      eventually(
        `a message of ${topic} for ${endpoint}`,
        () => topics[topic]?.received(endpoint) ?? [],
        (messages) => messages.length > 0,
      );
    const posted = (path: string, text: string) =>
      eventually(
        `${text} at ${path}`,
        () =>
          services.requests
            .filter((request) => request.path.startsWith(path))
            .filter(({ body }) => body.includes(text)),
        (requests) => requests.length > 0,
      );

    it('publishes a critical alert, which the subscription for critical lets through', async () => {
      const messages = await inQueue('rag-monitoring-alerts', 'on-call@example.org');

      expect(messages).toMatchObject([
        {
          Subject: SUBJECT,
          Message: expect.stringContaining(ALERT.annotations.runbook_url) as string,
          MessageAttributes: {
            severity: { Type: 'String', Value: 'critical' },
            alertname: { Type: 'String', Value: 'HighErrorRate' },
            status: { Type: 'String', Value: 'firing' },
          },
        },
      ]);
    });

    it('gives the subscriber without a filter what the filter drops: a message without attributes', async () => {
      const topic = topics['rag-monitoring-alerts'];
      await aws.query('sns', 'Publish', { TopicArn: String(topic?.arn), Message: 'of an alarm' });
      const all = await eventually(
        'the alarm',
        () => topic?.received('rag-team@example.org') ?? [],
        (messages) => messages.length > 1,
      );

      expect(all.map(({ Message }) => Message)).toContain('of an alarm');
      expect(await topic?.received('on-call@example.org')).toHaveLength(1);
    });

    it('publishes the Watchdog to the heartbeat topic, and no warning to any', async () => {
      await eventually(
        'both messages to SNS',
        () => sentToSns(alertmanager),
        (count) => count === 2,
      );
      await posted('/slack', 'HighLatency');

      expect(await sentToSns(alertmanager)).toBe(2);
      expect(alertmanager.logs()).not.toContain('Notify for alerts failed');
    });

    it('pages by the Events API v2 with the key from its file', async () => {
      const [page] = await posted('/pagerduty', 'HighErrorRate');

      expect(JSON.parse(String(page?.body))).toMatchObject({
        routing_key: 'alertmanager-receivers/pagerduty-routing-key',
        event_action: 'trigger',
        payload: {
          summary: '[FIRING:1] HighErrorRate (critical) in prod',
          severity: 'critical',
          class: 'HighErrorRate',
          group: 'prod',
          component: 'rag-api',
        },
        links: [{ href: ALERT.annotations.runbook_url, text: 'Runbook' }],
      });
    });

    it('writes to the channels of severity and team with the token from its file', async () => {
      const messages = await posted('/slack', 'HighErrorRate');
      const [message] = messages;

      expect(message?.headers.authorization).toBe('Bearer alertmanager-receivers/slack-bot-token');
      const channels = await eventually(
        'both channels',
        () =>
          services.requests
            .filter(({ path, body }) => path === '/slack' && body.includes('HighErrorRate'))
            .map(({ body }) => (JSON.parse(String(body)) as { channel: string }).channel),
        (found) => found.length >= 2,
      );
      expect(channels.sort()).toEqual(['#alerts-critical', '#rag']);
    });

    it('mails with the password from its file, as text and as HTML', async () => {
      const [mailed] = await eventually(
        'the mail',
        () => mail.mails.filter(({ text }) => text.includes('HighErrorRate')),
        (mails) => mails.length > 0,
      );

      expect(mailed).toMatchObject({
        login: 'smtp-user:alertmanager-receivers/smtp-password',
        recipients: ['rag-team@example.org'],
        text: expect.stringMatching(/^Subject: .*HighErrorRate.*critical.*prod/m) as string,
      });
      expect(mailed?.text).toContain('Content-Type: text/plain');
      expect(mailed?.text).toContain('Content-Type: text/html');
    });
  },
);

/** Messages that SNS has taken. */
async function sentToSns({ url }: AlertmanagerHere): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^alertmanager_notifications_total\{integration="sns"\} (\d+)$/m.exec(metrics)?.[1]);
}
