import { parse } from 'yaml';
import type { PrometheusConfig } from '../../../constructs/prometheus/prometheus-config';
import type { ScrapeConfig } from '../../../constructs/prometheus/scrape-config';
import { renderedFiles } from '../../../stacks/rendered-files';
import type { Place } from '../../../tools/demo/place';
import { podTarget, withoutKubernetes } from '../../../tools/demo/static-discovery';
import { modelOf } from '../../support/rendered';

interface Job {
  readonly job_name: string;
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  }[];
  readonly relabel_configs: readonly {
    readonly target_label?: string;
    readonly replacement?: string;
  }[];
}

const model = modelOf('local');
const rendered = parse(renderedFiles(model).get('prometheus/prometheus.yml') ?? '') as PrometheusConfig;

const place: Place = {
  node: 'here',
  component: (name) =>
    ['prometheus', 'alertmanager'].includes(name) ? { host: '127.0.0.1', port: 4000 } : undefined,
  application: (name) => (name === 'rag-api' ? { host: '127.0.0.1', port: 5000 } : undefined),
};

const { config, leftOut } = withoutKubernetes(model, rendered, place);
const jobs = config.scrape_configs as readonly Job[];
const renderedJob = (name: string) => rendered.scrape_configs.find(({ job_name }) => job_name === name);

describe('podTarget', () => {
  it('describes a pod as discovery by the Kubernetes API does', () => {
    expect(
      podTarget({
        name: 'rag-api-0',
        namespace: 'dev',
        labels: { 'app.kubernetes.io/name': 'rag-api' },
        port: { name: 'http', number: 8000 },
        node: 'here',
        address: { host: '127.0.0.1', port: 5000 },
      }),
    ).toEqual({
      targets: ['127.0.0.1:5000'],
      labels: {
        __meta_kubernetes_namespace: 'dev',
        __meta_kubernetes_pod_name: 'rag-api-0',
        __meta_kubernetes_pod_ip: '127.0.0.1',
        __meta_kubernetes_pod_phase: 'Running',
        __meta_kubernetes_pod_ready: 'true',
        __meta_kubernetes_pod_node_name: 'here',
        __meta_kubernetes_pod_container_init: 'false',
        __meta_kubernetes_pod_container_port_name: 'http',
        __meta_kubernetes_pod_container_port_number: '8000',
        __meta_kubernetes_pod_container_port_protocol: 'TCP',
        __meta_kubernetes_pod_label_app_kubernetes_io_name: 'rag-api',
        __meta_kubernetes_pod_labelpresent_app_kubernetes_io_name: 'true',
      },
    });
  });
});

describe('withoutKubernetes', () => {
  it('keeps the jobs whose programs run, and says of each other one why it is left out', () => {
    expect(jobs.map(({ job_name }) => job_name)).toEqual(['rag-api', 'alertmanager', 'prometheus']);
    expect(leftOut).toEqual([
      { job: 'upload-pipeline', why: 'the service does not run here' },
      { job: 'agent-api', why: 'the service does not run here' },
      { job: 'kubernetes-pods', why: 'there is no Kubernetes here' },
      { job: 'rag-api-host', why: 'its addresses lead out of the stack' },
      { job: 'kubelet', why: 'there is no Kubernetes here' },
      { job: 'cadvisor', why: 'there is no Kubernetes here' },
      { job: 'apiserver', why: 'there is no Kubernetes here' },
      { job: 'fluent-bit', why: 'the program does not run here' },
      { job: 'grafana', why: 'the program does not run here' },
      { job: 'jaeger', why: 'the program does not run here' },
      { job: 'kube-state-metrics', why: 'the program does not run here' },
      { job: 'node-exporter', why: 'the program does not run here' },
      { job: 'otel-collector', why: 'the program does not run here' },
    ]);
  });

  it('reads the metrics of containers from where they are, over plain HTTP, with the steps that are rendered', () => {
    const containers = { host: '127.0.0.1', port: 6000 };
    const { config: withContainers, leftOut: less } = withoutKubernetes(model, rendered, {
      ...place,
      containers,
    });
    const found = (withContainers.scrape_configs as readonly Job[]).filter(({ job_name }) =>
      ['cadvisor', 'kube-state-metrics'].includes(job_name),
    );

    expect(
      leftOut.filter(({ job }) => !less.some((other) => other.job === job)).map(({ job }) => job),
    ).toEqual(['cadvisor', 'kube-state-metrics']);
    expect(found.map(({ static_configs: [target] }) => target?.targets)).toEqual([
      ['127.0.0.1:6000'],
      ['127.0.0.1:6000'],
    ]);
    for (const job of found) {
      const {
        kubernetes_sd_configs: _discovery,
        scheme: _scheme,
        tls_config: _tls,
        authorization: _account,
        ...expected
      }: Partial<ScrapeConfig> = renderedJob(job.job_name) ?? {};
      const { static_configs: _targets, ...rest } = job;
      expect(rest).toEqual(expected);
    }
    expect(found[0]?.static_configs[0]?.labels).toEqual({ __meta_kubernetes_node_name: 'here' });
  });

  it('leaves no discovery by the Kubernetes API', () => {
    expect(JSON.stringify(config)).not.toContain('kubernetes_sd_configs');
  });

  it('leaves everything but the discovery of a component as it is rendered', () => {
    const { kubernetes_sd_configs: _discovery, ...expected } = renderedJob('alertmanager') ?? {};
    const { static_configs: targets, ...job } = jobs[1] ?? { static_configs: [] };

    expect(job).toEqual(expected);
    expect(targets).toMatchObject([
      {
        targets: ['127.0.0.1:4000'],
        labels: {
          __meta_kubernetes_namespace: 'monitoring',
          __meta_kubernetes_pod_name: 'alertmanager-0',
          __meta_kubernetes_pod_node_name: 'here',
          __meta_kubernetes_pod_container_port_name: 'http',
          __meta_kubernetes_pod_label_app_kubernetes_io_name: 'alertmanager',
        },
      },
    ]);
  });

  it('moves the port that relabeling gives a service to where it listens, and changes no other step', () => {
    const before = renderedJob('rag-api')?.relabel_configs ?? [];
    const after = jobs[0]?.relabel_configs ?? [];

    expect(after.map(({ replacement }) => replacement).filter((text) => text !== undefined)).toEqual([
      '$1:5000',
      '[$1]:5000',
    ]);
    expect(after.filter(({ target_label }) => target_label !== '__address__')).toEqual(
      before.filter(({ target_label }) => target_label !== '__address__'),
    );
    expect(jobs[0]?.static_configs).toMatchObject([
      {
        targets: ['127.0.0.1:5000'],
        labels: { __meta_kubernetes_namespace: 'dev', __meta_kubernetes_pod_label_app: 'rag-api' },
      },
    ]);
  });

  it('sends alerts to Alertmanager by the rendered steps', () => {
    expect(config.alerting.alertmanagers).toMatchObject([
      {
        relabel_configs: rendered.alerting.alertmanagers[0]?.relabel_configs,
        static_configs: [{ targets: ['127.0.0.1:4000'] }],
      },
    ]);
  });

  it('keeps retention, intervals and external labels', () => {
    expect(config.global).toEqual(rendered.global);
    expect(config.storage).toEqual(rendered.storage);
  });
});
