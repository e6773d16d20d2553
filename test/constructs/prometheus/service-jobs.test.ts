import type { ServiceTarget } from '../../../environments/environment';
import { serviceTargets } from '../../../constructs/prometheus/service-jobs';
import { aPod, lasting, relabel } from './relabel';

const target: ServiceTarget = {
  job: 'agents-integration',
  namespaces: ['prod'],
  matchLabels: { app: 'agents-integration', 'app.kubernetes.io/part-of': 'rag' },
  port: 'metrics',
  targetPort: 8001,
};
const options = { allowedNamespaces: ['prod', 'monitoring'] };

describe('serviceTargets', () => {
  const job = serviceTargets(target, options);
  const scrape = (pod: Record<string, string>) =>
    relabel(
      job.config.relabel_configs,
      aPod({
        __meta_kubernetes_service_name: 'agents',
        __meta_kubernetes_service_label_app: 'agents-integration',
        __meta_kubernetes_service_label_app_kubernetes_io_part_of: 'rag',
        __meta_kubernetes_endpointslice_port_name: 'metrics',
        ...pod,
      }),
    );

  it('discovers endpoint slices in the named namespaces', () => {
    expect(job.config.kubernetes_sd_configs).toEqual([
      { role: 'endpointslice', namespaces: { names: ['prod'] } },
    ]);
    expect(job.selects).toEqual({
      kind: 'services',
      namespaces: ['prod'],
      labels: target.matchLabels,
      port: 'metrics',
    });
  });

  it('keeps Services that carry every label, at the port of that name', () => {
    expect(scrape({})).toBeDefined();
    expect(scrape({ __meta_kubernetes_service_label_app: 'other' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_service_label_app_kubernetes_io_part_of: '' })).toBeUndefined();
    expect(scrape({ __meta_kubernetes_endpointslice_port_name: 'http' })).toBeUndefined();
  });

  it('labels series with the Service beside namespace, pod and node', () => {
    expect(lasting(scrape({}))).toEqual({
      namespace: 'prod',
      pod: 'rag-api-1',
      node: 'node-1',
      service: 'agents',
    });
    expect(job.targetLabels).toEqual(['job', 'instance', 'namespace', 'pod', 'node', 'service']);
  });

  it('asks /metrics each 30 seconds by default', () => {
    expect(job.config).toMatchObject({
      metrics_path: '/metrics',
      scrape_interval: '30s',
      scrape_timeout: '10s',
    });
  });

  it('takes path and interval of the environment, and waits no longer than the interval', () => {
    const { config } = serviceTargets({ ...target, path: '/m', intervalSeconds: 5 }, options);
    expect(config).toMatchObject({ metrics_path: '/m', scrape_interval: '5s', scrape_timeout: '5s' });
  });

  it('has the limits and the guard of application jobs', () => {
    const { config } = serviceTargets(target, { ...options, sampleLimit: 9 });
    expect(config.sample_limit).toBe(9);
    expect(relabel(config.metric_relabel_configs, { __name__: 'x', document_id: '7' })).toBeUndefined();
  });

  it('reaches the target port of the pods, not the port of the Service', () => {
    expect(job.reaches[0]).toMatchObject({
      peer: { kind: 'pods', namespaces: ['prod'] },
      ports: [{ number: 8001 }],
    });
  });

  it('refuses a namespace that the environment does not name', () => {
    expect(() => serviceTargets({ ...target, namespaces: ['prod', 'prdo'] }, options)).toThrow(
      'scrape.services.agents-integration.namespaces: "prdo", which is no namespace of the application or the stack; allowed: prod, monitoring; mend: correct it, or add "prdo" to namespaces.application',
    );
  });

  it('refuses no namespace at all', () => {
    expect(() => serviceTargets({ ...target, namespaces: [] }, options)).toThrow(
      'scrape.services.agents-integration.namespaces: no namespace',
    );
  });

  it('refuses to select every Service', () => {
    expect(() => serviceTargets({ ...target, matchLabels: {} }, options)).toThrow(
      'scrape.services.agents-integration.matchLabels: no label, which would select every Service; allowed: at least one label of the Service; mend: name the labels that the Service carries, such as app',
    );
  });

  it.each([0, 1.5, 301])('refuses an interval of %p seconds', (intervalSeconds) => {
    expect(() => serviceTargets({ ...target, intervalSeconds }, options)).toThrow(
      `scrape.services.agents-integration: a scrape interval of ${String(intervalSeconds)} seconds; allowed: whole seconds from 1 to 300; mend: use 15 or 30`,
    );
  });
});
