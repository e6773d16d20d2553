import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import {
  adaptAlertmanager,
  postAlerts,
  startAlertmanager,
  type AlertmanagerHere,
} from '../support/alertmanager-here';
import { eventually } from '../support/eventually';
import { startHttpSink, type HttpSink } from '../support/http-sink';
import { freePort } from '../support/programs';
import { adaptPrometheus, startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { modelOf, renderedFolder, type RenderedFolder } from '../support/rendered';

jest.setTimeout(60_000);

const engines = [
  engineTitle('prometheus', IMAGES.prometheus),
  engineTitle('alertmanager', IMAGES.alertmanager),
];
const title = `an alert on its way through local's files in ${engines.join(' and ')}`;

/** What the application's pod looks like to discovery, as far as the job `rag-api` reads it. */
const POD = {
  __meta_kubernetes_namespace: 'dev',
  __meta_kubernetes_pod_name: 'rag-api-0',
  __meta_kubernetes_pod_node_name: 'node-a',
  __meta_kubernetes_pod_label_app: 'rag-api',
  __meta_kubernetes_pod_phase: 'Running',
  __meta_kubernetes_pod_ip: '127.0.0.1',
};

/** What Alertmanager's pod looks like. */
const ALERTMANAGER_POD = {
  __meta_kubernetes_pod_label_app_kubernetes_io_name: 'alertmanager',
  __meta_kubernetes_pod_container_port_name: 'http',
  __meta_kubernetes_pod_phase: 'Running',
};

/** A message of Alertmanager's webhook. */
interface WebhookMessage {
  readonly status: string;
  readonly receiver: string;
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

/** Counters of an application of which four requests in five succeed, growing with each scrape. */
function failingApplication(): () => string {
  let scrapes = 0;
  return () => {
    scrapes += 1;
    const line = (status: string, count: number) =>
      `rag_requests_total{method="POST",endpoint="/query",status="${status}"} ${String(count * scrapes)}`;
    return `# TYPE rag_requests_total counter\n${line('200', 80)}\n${line('500', 20)}\n`;
  };
}

function messages(sink: HttpSink, alertname: string): readonly WebhookMessage[] {
  return sink.requests
    .map(({ body }) => JSON.parse(body.toString()) as WebhookMessage)
    .filter(({ alerts }) => alerts.some(({ labels }) => labels['alertname'] === alertname));
}

describeWithEngines(
  ['prometheus', 'alertmanager'],
  title,
  ({ prometheus: prometheusCommand, alertmanager: alertmanagerCommand }) => {
    let folder: RenderedFolder;
    let application: HttpSink;
    let receiver: HttpSink;
    let alertmanager: AlertmanagerHere;
    let prometheus: PrometheusHere;

    beforeAll(async () => {
      folder = renderedFolder('local');
      application = await startHttpSink(failingApplication());
      receiver = await startHttpSink();
      const { webhook } = modelOf('local').environment.alertmanager.receivers;
      const { pathname } = new URL(typeof webhook?.url === 'string' ? webhook.url : '');
      adaptAlertmanager(folder, { integrations: { webhook: { url: `${receiver.url}${pathname}` } } });
      const port = await freePort();
      alertmanager = await startAlertmanager({ command: alertmanagerCommand, folder, port });
      adaptPrometheus(folder, {
        jobs: { 'rag-api': [{ address: '127.0.0.1', labels: POD }] },
        applicationPort: application.port,
        alertmanagers: [{ address: alertmanager.address, labels: ALERTMANAGER_POD }],
      });
      prometheus = await startPrometheus(prometheusCommand, folder);
    });

    afterAll(async () => {
      await Promise.all([prometheus, alertmanager, application, receiver].map((program) => program.stop()));
      folder.remove();
    });

    it('is scraped with the labels of its pod', async () => {
      const [sample] = await eventually(
        'a scrape of the application',
        () => prometheus.query('rag_requests_total{status="500"}'),
        (samples) => samples.length > 0,
      );

      expect(sample?.metric).toMatchObject({
        job: 'rag-api',
        namespace: 'dev',
        pod: 'rag-api-0',
        node: 'node-a',
        instance: `127.0.0.1:${String(application.port)}`,
      });
    });

    it('fires, and reaches the webhook with text, numbers and links', async () => {
      const [message] = await eventually(
        'the page of HighErrorRate at the webhook; its ticket may come before',
        () => messages(receiver, 'HighErrorRate').filter((message) => message.receiver === 'critical'),
        (found) => found.length > 0,
      );
      const [alert] = message?.alerts ?? [];

      expect(receiver.requests[0]?.path).toBe('/alerts');
      expect(message).toMatchObject({ status: 'firing', receiver: 'critical' });
      expect(alert?.labels).toMatchObject({
        alertname: 'HighErrorRate',
        severity: 'critical',
        namespace: 'dev',
        team: 'rag',
        environment: 'local',
      });
      expect(alert?.annotations).toMatchObject({
        summary: expect.stringContaining('dev') as string,
        description: expect.stringMatching(/20% of .*5%/) as string,
        runbook_url: `${modelOf('local').environment.links.runbooks}/HighErrorRate.md`,
      });
    });

    it('is accompanied by the Watchdog, and by nothing that is shown only', async () => {
      await eventually(
        'the Watchdog at the webhook',
        () => messages(receiver, 'Watchdog'),
        (found) => found.length > 0,
      );
      await postAlerts(alertmanager, [
        { labels: { alertname: 'JustToKnow', severity: 'info' } },
        { labels: { alertname: 'LooksBad', severity: 'warning' } },
      ]);
      await eventually(
        'the warning',
        () => messages(receiver, 'LooksBad'),
        (found) => found.length > 0,
      );

      expect(messages(receiver, 'JustToKnow')).toEqual([]);
    });

    it('keeps a warning quiet while the same condition is critical', async () => {
      const same = { alertname: 'Slow', namespace: 'dev', service: 'rag-api' };
      await postAlerts(alertmanager, [{ labels: { ...same, severity: 'critical' } }]);
      await eventually(
        'the critical one',
        () => messages(receiver, 'Slow'),
        (found) => found.length > 0,
      );
      await postAlerts(alertmanager, [
        { labels: { ...same, severity: 'warning' } },
        { labels: { ...same, namespace: 'staging', severity: 'warning' } },
      ]);
      const warnings = await eventually(
        'the warning of the other namespace',
        () => messages(receiver, 'Slow').filter((message) => message.receiver === 'warning'),
        (found) => found.length > 0,
      );

      expect(warnings.flatMap(({ alerts }) => alerts.map(({ labels }) => labels['namespace']))).toEqual([
        'staging',
      ]);
    });
  },
);
