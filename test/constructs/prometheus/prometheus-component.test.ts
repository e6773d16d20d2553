import { parse } from 'yaml';
import { prometheusComponent, prometheusEndpoint } from '../../../constructs/prometheus/prometheus-component';
import { renderPrometheusConfig } from '../../../constructs/prometheus/prometheus-config';
import { scrapeJobs } from '../../../constructs/prometheus/scrape-jobs';
import { aComponent } from '../../support/component';

const network = { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.1.0/24'] };
const alertmanager = aComponent({
  name: 'alertmanager',
  ports: [{ name: 'http', number: 9093 }],
  metrics: { port: 'http' },
});
const jobs = scrapeJobs({
  applications: [{ name: 'rag-api', metricsPort: 8000 }],
  namespaces: { monitoring: 'monitoring', agents: 'agents', application: ['prod'] },
  network,
  scrape: {},
  components: [prometheusEndpoint('monitoring'), alertmanager],
});
const config = renderPrometheusConfig({
  jobs,
  alertmanager,
  externalLabels: { cluster: 'c' },
  settings: { volume: { sizeGiB: 20, storageClass: 'gp3' }, retentionDays: 30 },
});

describe('prometheusComponent', () => {
  const component = prometheusComponent({
    namespace: 'monitoring',
    network,
    config,
    rules: { 'rag-api.yaml': 'groups: []\n' },
    jobs,
    alertmanager,
  });

  it('is what its endpoint promised to the others', () => {
    expect(component).toMatchObject(prometheusEndpoint('monitoring'));
    expect(component).toMatchObject({ name: 'prometheus', ports: [{ name: 'http', number: 9090 }] });
  });

  it('reads its configuration and its rules from directories that it watches', () => {
    expect(component.config.map(({ name, mountPath, reload }) => ({ name, mountPath, reload }))).toEqual([
      { name: 'config', mountPath: '/etc/prometheus', reload: 'watched' },
      { name: 'rules', mountPath: '/etc/prometheus/rules', reload: 'watched' },
    ]);
    expect(component.config[1]?.files).toEqual({ 'rag-api.yaml': 'groups: []\n' });
  });

  it('writes the configuration as YAML that reads back the same', () => {
    const text = component.config[0]?.files['prometheus.yml'] ?? '';
    expect(parse(text)).toEqual(JSON.parse(JSON.stringify(config)));
  });

  it('calls the API server, Alertmanager and whatever its jobs reach, each stated once', () => {
    const edges = component.egress.map(({ peer, ports }) => JSON.stringify([peer, ports]));
    for (const { peer, ports } of jobs.flatMap(({ reaches }) => reaches)) {
      expect(edges).toContain(JSON.stringify([peer, ports]));
    }
    expect(new Set(edges).size).toBe(edges.length);
    expect(component.egress).toContainEqual({
      peer: { kind: 'component', name: 'alertmanager', namespace: 'monitoring' },
      ports: [{ number: 9093 }],
      why: 'alerts, metrics of alertmanager',
    });
    expect(component.egress[0]).toMatchObject({
      peer: { kind: 'cidrs', cidrs: ['10.0.1.0/24'] },
      why: 'Kubernetes API',
    });
  });

  it('is called by nobody outside the stack, and reads no Secret', () => {
    expect(component.ingress).toEqual([]);
    expect(component.secrets).toEqual([]);
    expect(component.awsPermissions).toBeUndefined();
  });

  it('may do nothing in the cluster but look', () => {
    const { cluster = [], namespaced = [] } = component.permissions ?? {};
    const rules = [...cluster, ...namespaced.flatMap((role) => role.rules)];
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
    const resources = rules.flatMap((rule) => rule.resources ?? []);
    expect(resources).not.toContain('nodes/proxy');
    expect(resources).not.toContain('secrets');
    expect(resources).not.toContain('configmaps');
    expect(namespaced.map(({ namespace }) => namespace)).toEqual(['default', 'monitoring', 'prod']);
  });
});
