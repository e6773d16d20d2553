import { annotatedPods, applicationPods } from '../../../constructs/prometheus/application-jobs';
import { aPod, lasting, relabel, type Labels } from './relabel';

const application = { name: 'rag-api', metricsPort: 8000 };
const namespaces = ['staging', 'prod'];

describe('applicationPods', () => {
  const job = applicationPods({ application, namespaces });
  const scrape = (pod: Record<string, string>) => relabel(job.config.relabel_configs, aPod(pod));

  it('is named after the application and looks into its namespaces only', () => {
    expect(job.name).toBe('rag-api');
    expect(job.config.job_name).toBe('rag-api');
    expect(job.config.kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: namespaces } }]);
    expect(job.selects).toEqual({ kind: 'pods', namespaces, labels: { app: 'rag-api' } });
  });

  it('keeps pods by the label app, exactly', () => {
    expect(scrape({})).toBeDefined();
    expect(scrape({ __meta_kubernetes_pod_label_app: 'rag-api-worker' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_pod_label_app: '' })).toBeUndefined();
  });

  it('asks the metrics port, whatever ports the pod declares', () => {
    expect(scrape({})).toMatchObject({ __address__: '10.0.0.7:8000' });
    expect(
      scrape({ __address__: '10.0.0.7', __meta_kubernetes_pod_container_port_number: '' }),
    ).toMatchObject({
      __address__: '10.0.0.7:8000',
    });
  });

  it('puts IPv6 addresses into brackets', () => {
    const pod = { __address__: '[2001:db8::7]:8080', __meta_kubernetes_pod_ip: '2001:db8::7' };
    expect(scrape(pod)).toMatchObject({ __address__: '[2001:db8::7]:8000' });
  });

  it.each(['Pending', 'Succeeded', 'Failed'])('leaves out pods in phase %s', (phase) => {
    expect(scrape({ __meta_kubernetes_pod_phase: phase })).toBeUndefined();
  });

  it('shows a pod on a lost node as down instead of leaving it out', () => {
    expect(scrape({ __meta_kubernetes_pod_phase: 'Unknown' })).toBeDefined();
  });

  it('labels series with namespace, pod and node, and with nothing that differs between the ports of a pod', () => {
    const labels = lasting(scrape({}));
    expect(labels).toEqual({ namespace: 'prod', pod: 'rag-api-1', node: 'node-1' });
    expect(lasting(scrape({ __meta_kubernetes_pod_container_name: 'proxy' }))).toEqual(labels);
    expect(job.targetLabels).toEqual(['job', 'instance', ...Object.keys(labels ?? {})]);
  });

  it('stores samples under the time of the scrape, whatever time the target writes', () => {
    expect(job.config.honor_timestamps).toBe(false);
  });

  it('limits bytes, samples, labels, their lengths and targets', () => {
    expect(job.config).toMatchObject({
      body_size_limit: '20000KB',
      sample_limit: 20_000,
      label_limit: 30,
      label_name_length_limit: 128,
      label_value_length_limit: 512,
      target_limit: 500,
    });
  });

  it('takes the sample limit of the environment, and bytes in proportion', () => {
    const { config } = applicationPods({ application, namespaces, sampleLimit: 5 });

    expect(config).toMatchObject({ sample_limit: 5, body_size_limit: '5KB' });
  });

  it('reads text that does not say what it is', () => {
    expect(job.config.fallback_scrape_protocol).toBe('PrometheusText0.0.4');
  });

  it.each<Labels>([{ user_id: '7' }, { document_id: 'a;b' }, { user_id: '7', document_id: 'x\ny' }])(
    'drops the whole sample that carries %j',
    (labels) => {
      expect(relabel(job.config.metric_relabel_configs, { __name__: 'x', ...labels })).toBeUndefined();
    },
  );

  it('keeps samples without unbounded labels as they are', () => {
    const sample = { __name__: 'rag_requests_total', status: 'ok' };
    expect(relabel(job.config.metric_relabel_configs, sample)).toEqual(sample);
  });

  it('tells the network graph which pods and port it reaches', () => {
    expect(job.reaches).toEqual([
      {
        peer: { kind: 'pods', namespaces, labels: { app: 'rag-api' } },
        ports: [{ number: 8000 }],
        why: 'metrics of rag-api',
      },
    ]);
  });

  it('refuses to look into no namespace, which Prometheus takes for all', () => {
    expect(() => applicationPods({ application, namespaces: [] })).toThrow(
      'namespaces.application: no namespace, so that the job would select nothing that the environment names; allowed: at least one namespace; mend: name the namespaces of the pods to scrape',
    );
  });
});

describe('annotatedPods', () => {
  const job = annotatedPods({ applications: [application], namespaces });
  const annotated = {
    __meta_kubernetes_pod_label_app: 'indexer',
    __meta_kubernetes_pod_annotation_prometheus_io_scrape: 'true',
  };
  const scrape = (pod: Record<string, string>) =>
    relabel(job.config.relabel_configs, aPod({ ...annotated, ...pod }));

  it('looks into the application namespaces only', () => {
    expect(job.config.kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: namespaces } }]);
    expect(() => annotatedPods({ applications: [application], namespaces: [] })).toThrow(
      'namespaces.application: no namespace',
    );
  });

  it('keeps pods that ask for it', () => {
    expect(scrape({})).toMatchObject({ __address__: '10.0.0.7:8080' });
    expect(scrape({ __meta_kubernetes_pod_annotation_prometheus_io_scrape: 'false' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_pod_annotation_prometheus_io_scrape: '' })).toBeUndefined();
  });

  it('never scrapes the application a second time', () => {
    expect(scrape({ __meta_kubernetes_pod_label_app: 'rag-api' })).toBeUndefined();
  });

  it('follows scheme, path, port and parameters of the annotations', () => {
    expect(
      scrape({
        __meta_kubernetes_pod_annotation_prometheus_io_scheme: 'https',
        __meta_kubernetes_pod_annotation_prometheus_io_path: '/internal/metrics',
        __meta_kubernetes_pod_annotation_prometheus_io_port: '9102',
        __meta_kubernetes_pod_annotation_prometheus_io_param_format: 'prometheus',
      }),
    ).toMatchObject({
      __scheme__: 'https',
      __metrics_path__: '/internal/metrics',
      __address__: '10.0.0.7:9102',
      __param_format: 'prometheus',
    });
  });

  it('takes no other scheme than http and https', () => {
    expect(scrape({ __meta_kubernetes_pod_annotation_prometheus_io_scheme: 'file' })).toMatchObject({
      __scheme__: 'http',
    });
  });

  it('puts IPv6 addresses into brackets', () => {
    expect(
      scrape({
        __meta_kubernetes_pod_ip: '2001:db8::7',
        __meta_kubernetes_pod_annotation_prometheus_io_port: '9102',
      }),
    ).toMatchObject({ __address__: '[2001:db8::7]:9102' });
  });

  it('leaves out a container that neither annotates nor declares a port', () => {
    const portless = { __address__: '10.0.0.7', __meta_kubernetes_pod_container_port_number: '' };
    expect(scrape(portless)).toBeUndefined();
    expect(
      scrape({ ...portless, __meta_kubernetes_pod_annotation_prometheus_io_port: '9102' }),
    ).toMatchObject({ __address__: '10.0.0.7:9102' });
  });

  it('leaves out init containers and pods that do not run', () => {
    expect(scrape({ __meta_kubernetes_pod_container_init: 'true' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_pod_phase: 'Succeeded' })).toBeUndefined();
  });

  it('tells programs apart by the label app, from either usual label', () => {
    expect(lasting(scrape({}))).toEqual({
      namespace: 'prod',
      pod: 'rag-api-1',
      node: 'node-1',
      app: 'indexer',
    });
    expect(lasting(scrape({ __meta_kubernetes_pod_label_app_kubernetes_io_name: 'redis' }))).toMatchObject({
      app: 'redis',
    });
    expect(job.targetLabels).toEqual(['job', 'instance', 'namespace', 'pod', 'node', 'app']);
  });

  it('has the limits and the guard of application jobs', () => {
    expect(job.config.sample_limit).toBe(20_000);
    expect(relabel(job.config.metric_relabel_configs, { __name__: 'x', user_id: '7' })).toBeUndefined();
  });

  it('may reach every port of the namespaces, because pods choose it', () => {
    expect(job.reaches[0]).toMatchObject({ peer: { kind: 'pods', namespaces }, ports: [] });
  });
});
