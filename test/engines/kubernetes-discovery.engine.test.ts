import { parse } from 'yaml';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { renderedFiles } from '../../stacks/rendered-files';
import { withoutKubernetes } from '../../tools/demo/static-discovery';
import { Cleanup } from '../../tools/processes/cleanup';
import { deployService } from '../support/application-pods';
import { list, type Pod } from '../support/cluster-objects';
import { ADDRESSES, CONTROL_PLANE_ENGINES, KUBELET_PORT, NODE_NAME } from '../support/control-plane';
import { deployEnvironment, type DeployedEnvironment } from '../support/deployed-environment';
import { activeAlertmanagers, activeTargets, signPrometheusIn } from '../support/discovery-here';
import { describeWithEngines } from '../support/engines';
import { eventually } from '../support/eventually';
import { startPrometheus, type PrometheusHere } from '../support/prometheus-here';
import { renderedFolder, type RenderedFolder } from '../support/rendered';

/** Where every environment's jobs must lead, with names for addresses that differ from run to run. */
const EVERYWHERE: Readonly<Record<string, readonly string[]>> = {
  'kubernetes-pods': ['http://worker:9102/stats'],
  kubelet: [`https://${NODE_NAME}:${String(KUBELET_PORT)}/metrics`],
  cadvisor: [`https://${NODE_NAME}:${String(KUBELET_PORT)}/metrics/cadvisor`],
  apiserver: ['https://api-server/metrics'],
  prometheus: ['http://prometheus:9090/metrics'],
  grafana: ['http://grafana:3000/metrics'],
  jaeger: ['http://jaeger:8888/metrics'],
  'fluent-bit': ['http://fluent-bit:2020/api/v2/metrics/prometheus'],
};

/** What there is beside that. */
const TARGETS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  local: {
    'rag-api-host': ['http://host.docker.internal:8000/metrics'],
    alertmanager: ['http://alertmanager:9093/metrics'],
    'otel-collector': ['http://otel-collector:8888/metrics'],
  },
  prod: {
    blackbox: [
      'http://blackbox-exporter.monitoring.svc:9115/probe?module=https_2xx&target=https%3A%2F%2Frag.example.org%2Fhealth',
    ],
    alertmanager: twice('http://alertmanager:9093/metrics'),
    'otel-collector': twice('http://otel-collector:8888/metrics'),
    'blackbox-exporter': ['http://blackbox-exporter:9115/metrics'],
    'postgres-exporter': ['http://postgres-exporter:9187/metrics'],
  },
};

/** Jobs whose pods a Helm chart deploys, and which therefore find nothing here. */
const CHARTS = ['node-exporter', 'kube-state-metrics'];

function twice(target: string): readonly string[] {
  return [target, target];
}

/** Labels that differ from pod to pod. */
const OWN = /^__meta_kubernetes_pod_(name|ip|node_name)$/;

/** Which of the ports of an application's pod its one target stands for is chance: relabeling makes them one. */
const PORT = /^__meta_kubernetes_pod_container_port_/;

/** What tools/demo/static-discovery.ts writes down for each job whose pods are deployed here. */
function writtenDown(model: MonitoringModel, services: readonly string[]) {
  const config = parse(renderedFiles(model).get('prometheus/prometheus.yml') ?? '') as PrometheusConfig;
  const at = { host: '127.0.0.1', port: 8000 };
  const { scrape_configs: jobs } = withoutKubernetes(model, config, {
    node: 'here',
    component: (name) => (CHARTS.includes(name) ? undefined : at),
    application: (name) => (services.includes(name) ? at : undefined),
  }).config;
  return (
    jobs as readonly {
      readonly job_name: string;
      readonly static_configs: readonly { readonly labels: Readonly<Record<string, string>> }[];
    }[]
  ).map(({ job_name: job, static_configs: [target] }) => ({ job, labels: target?.labels ?? {} }));
}

jest.setTimeout(120_000);

describeWithEngines(
  [...CONTROL_PLANE_ENGINES, 'prometheus'],
  'Prometheus, with the token of its ServiceAccount, before Kubernetes 1.34 (no Helm charts: node-exporter, kube-state-metrics)',
  (engines) => {
    describe.each(Object.keys(TARGETS))('%s', (environment) => {
      let deployed: DeployedEnvironment;
      let folder: RenderedFolder;
      let prometheus: PrometheusHere;
      let services: readonly string[];
      /** What is running, the latest last: a start that fails must not leave the others behind. */
      const cleanup = new Cleanup();

      beforeAll(async () => {
        deployed = await deployEnvironment(engines, environment);
        const { client, model, plane } = deployed;
        cleanup.stopLater(plane);
        const [namespace = ''] = model.environment.namespaces.application;
        services = model.jobs.filter(({ kind }) => kind === 'application-pods').map(({ name }) => name);
        for (const name of services) {
          // Three ports are declared, of which one has metrics; yet each pod must be one target.
          await deployService(client, { name, namespace, replicas: 2, declaredPorts: [8000, 8001, 9000] });
        }
        const annotations = {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': '9102',
          'prometheus.io/path': '/stats',
        };
        const worker = { namespace, replicas: 1, declaredPorts: [8080] };
        await deployService(client, { name: 'worker', annotations, ...worker });
        await deployService(client, { name: 'bystander', ...worker });
        await deployed.rollouts();
        folder = cleanup.removeLater(renderedFolder(environment));
        await signPrometheusIn(folder, plane, model.components.prometheus);
        prometheus = cleanup.stopLater(await startPrometheus(engines.prometheus, folder));
      });

      afterAll(() => cleanup.run());

      /** Name of the component or application that has an address of the cluster. */
      const namesByAddress = async (): Promise<ReadonlyMap<string, string>> => {
        const pods = await list<Pod>(deployed.client, '/api/v1/pods');
        return new Map([
          ...pods.map(({ metadata: { labels = {} }, status: { podIP = '' } }): [string, string] => [
            podIP,
            labels['app.kubernetes.io/name'] ?? labels['app'] ?? '',
          ]),
          [ADDRESSES.node, NODE_NAME],
          [new URL(deployed.plane.url.replace('127.0.0.1', ADDRESSES.apiServer)).host, 'api-server'],
        ]);
      };

      const named = (names: ReadonlyMap<string, string>, text: string): string => {
        const url = new URL(text);
        const host = names.get(url.host) ?? `${names.get(url.hostname) ?? url.hostname}:${url.port}`;
        return `${url.protocol}//${host}${url.pathname}${url.search}`;
      };

      /** Named targets of each job that has one. */
      const found = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
        const names = await namesByAddress();
        const byJob: Record<string, string[]> = {};
        for (const { scrapePool, scrapeUrl } of await activeTargets(prometheus)) {
          byJob[scrapePool] = [...(byJob[scrapePool] ?? []), named(names, scrapeUrl)].sort();
        }
        return byJob;
      };

      it('finds the targets of every job, and no other', async () => {
        const expected = {
          ...EVERYWHERE,
          ...TARGETS[environment],
          ...Object.fromEntries(services.map((name) => [name, twice(`http://${name}:8000/metrics`)])),
        };
        const jobs = deployed.model.jobs.map(({ name }) => name).filter((name) => !CHARTS.includes(name));
        const total = Object.values(expected).flat().length;
        await eventually(
          `${String(total)} targets`,
          () => activeTargets(prometheus),
          ({ length }) => length >= total,
        );

        expect(services).toContain('rag-api');
        expect(Object.keys(expected).sort()).toEqual(jobs.sort());
        expect(await found()).toEqual(expected);
      });

      it('says of a target of the application where its pod stands', async () => {
        const [namespace = ''] = deployed.model.environment.namespaces.application;
        const [target] = await eventually(
          'targets of rag-api',
          async () => (await activeTargets(prometheus)).filter(({ scrapePool }) => scrapePool === 'rag-api'),
          ({ length }) => length === 2,
        );

        expect(target?.labels).toEqual({
          job: 'rag-api',
          instance: new URL(target?.scrapeUrl ?? '').host,
          namespace,
          pod: expect.stringMatching(/^rag-api-/) as string,
          node: NODE_NAME,
        });
      });

      it('gives pods the labels that the demo writes down without Kubernetes', async () => {
        const written = writtenDown(deployed.model, services);
        const targets = await eventually(
          'a target of each job',
          () => activeTargets(prometheus),
          (active) => written.every(({ job }) => active.some(({ scrapePool }) => scrapePool === job)),
        );
        const compared = ({ job, labels }: (typeof written)[number]) =>
          Object.fromEntries(
            Object.entries(labels).filter(
              ([name]) => !OWN.test(name) && !(services.includes(job) && PORT.test(name)),
            ),
          );

        expect(written.map(({ job }) => job)).toEqual(expect.arrayContaining(['rag-api', 'alertmanager']));
        for (const one of written) {
          const discovered = targets.find(({ scrapePool }) => scrapePool === one.job)?.discoveredLabels;
          expect(discovered).toMatchObject(compared(one));
        }
      });

      it('finds each pod of Alertmanager', async () => {
        const pods = TARGETS[environment]?.['alertmanager'] ?? [];
        const urls = await eventually(
          'Alertmanagers',
          () => activeAlertmanagers(prometheus),
          ({ length }) => length === pods.length,
        );
        const names = await namesByAddress();

        expect(urls.map((url) => named(names, url))).toEqual(
          pods.map((pod) => pod.replace('/metrics', '/api/v2/alerts')),
        );
      });

      it('is refused nothing that it asks the Kubernetes API for', async () => {
        await eventually('discovery', found, (byJob) => byJob['apiserver'] !== undefined);
        const metrics = await (await fetch(`${prometheus.url}/metrics`)).text();
        const failures = /^prometheus_sd_kubernetes_failures_total (\d+)$/m.exec(metrics)?.[1];

        expect(failures).toBe('0');
        expect(prometheus.logs()).not.toMatch(/forbidden/i);
      });
    });
  },
);
