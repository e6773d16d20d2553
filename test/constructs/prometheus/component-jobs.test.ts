import { componentJob, componentJobs } from '../../../constructs/prometheus/component-jobs';
import { selectorLabels } from '../../../constructs/kubernetes/labels';
import { aComponent } from '../../support/component';
import { aPod, lasting, relabel } from './relabel';

const jaeger = aComponent({
  name: 'jaeger',
  ports: [
    { name: 'ui', number: 16_686 },
    { name: 'metrics', number: 8888 },
  ],
  metrics: { port: 'metrics' },
});
const grafana = aComponent({ name: 'grafana' });
const nodeExporter = aComponent({
  name: 'node-exporter',
  namespace: 'agents',
  hostNetwork: true,
  ports: [{ name: 'metrics', number: 9100 }],
  metrics: { port: 'metrics', path: '/m' },
});
const stateMetrics = aComponent({ name: 'kube-state-metrics', metrics: { port: 'http', honorLabels: true } });
const components = [jaeger, grafana, nodeExporter, stateMetrics];

const podOf = (name: string, overrides: Record<string, string> = {}) =>
  aPod({
    __meta_kubernetes_pod_label_app_kubernetes_io_name: name,
    __meta_kubernetes_pod_container_port_name: 'metrics',
    ...overrides,
  });

describe('componentJob', () => {
  const job = componentJob(components, 'jaeger');
  const scrape = (pod: Record<string, string>) => relabel(job.config.relabel_configs, podOf('jaeger', pod));

  it('looks for the pods of the component in its namespace', () => {
    expect(job.config).toMatchObject({
      job_name: 'jaeger',
      metrics_path: '/metrics',
      kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['monitoring'] } }],
    });
  });

  it('selects by the very labels and port that the component has', () => {
    expect(job.selects).toEqual({
      kind: 'component',
      namespace: 'monitoring',
      labels: selectorLabels(jaeger),
      port: 'metrics',
    });
    expect(scrape({})).toBeDefined();
    expect(scrape({ __meta_kubernetes_pod_container_port_name: 'ui' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_pod_label_app_kubernetes_io_name: 'grafana' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_pod_phase: 'Pending' })).toBeUndefined();
  });

  it('follows pod labels that are not the usual ones', () => {
    const odd = aComponent({ name: 'odd', metrics: { port: 'http' }, podLabels: { 'k8s.app/x': 'o.d' } });
    const { config } = componentJob([odd], 'odd');
    const pod = (value: string) =>
      aPod({
        __meta_kubernetes_pod_label_k8s_app_x: value,
        __meta_kubernetes_pod_container_port_name: 'http',
      });
    expect(relabel(config.relabel_configs, pod('o.d'))).toBeDefined();
    expect(relabel(config.relabel_configs, pod('oxd'))).toBeUndefined();
  });

  it('labels series with namespace, pod and node', () => {
    expect(lasting(scrape({}))).toEqual({ namespace: 'prod', pod: 'rag-api-1', node: 'node-1' });
    expect(job.targetLabels).toEqual(['job', 'instance', 'namespace', 'pod', 'node']);
  });

  it('names what runs on the network of a node after the node', () => {
    const { config } = componentJob(components, 'node-exporter');
    expect(config.metrics_path).toBe('/m');
    expect(lasting(relabel(config.relabel_configs, podOf('node-exporter')))).toMatchObject({
      instance: 'node-1',
    });
  });

  it('adds no label of the exporter to series about other objects', () => {
    const { config, targetLabels } = componentJob(components, 'kube-state-metrics');
    const pod = podOf('kube-state-metrics', { __meta_kubernetes_pod_container_port_name: 'http' });
    expect(config.honor_labels).toBe(true);
    expect(lasting(relabel(config.relabel_configs, pod))).toEqual({});
    expect(targetLabels).toEqual(['job', 'instance']);
  });

  it('reaches the metrics port of the component', () => {
    expect(job.reaches).toEqual([
      {
        peer: { kind: 'component', name: 'jaeger', namespace: 'monitoring' },
        ports: [{ number: 8888 }],
        why: 'metrics of jaeger',
      },
    ]);
  });

  it('refuses a component that the stack does not deploy', () => {
    expect(() => componentJob(components, 'loki')).toThrow(
      'scrape job loki: no component "loki" in the stack; allowed: jaeger, node-exporter, kube-state-metrics; mend: name a component that is deployed and has metrics',
    );
  });

  it('refuses a component without metrics', () => {
    expect(() => componentJob(components, 'grafana')).toThrow('scrape job grafana: "grafana" has no metrics');
  });
});

describe('componentJobs', () => {
  it('makes a job for each component that has metrics, by name', () => {
    expect(componentJobs(components).map(({ name }) => name)).toEqual([
      'jaeger',
      'kube-state-metrics',
      'node-exporter',
    ]);
  });
});
