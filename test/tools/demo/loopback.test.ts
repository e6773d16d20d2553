import { parse } from 'yaml';
import { renderedFiles } from '../../../stacks/rendered-files';
import { loopbackFiles, onThisMachine, podPorts, type LoopbackSites } from '../../../tools/demo/loopback';
import { modelOf } from '../../support/rendered';

const model = modelOf('local');
const rendered = renderedFiles(model);

/** Each port of a pod is here 20,000 higher. */
const here = (component: string): [string, ReadonlyMap<number, number>] => [
  component,
  new Map(podPorts(model, component).map((port) => [port, port + 20_000])),
];

const sites: LoopbackSites = {
  folder: '/somewhere',
  components: new Map(['prometheus', 'alertmanager', 'jaeger', 'otel-collector'].map(here)),
  applications: new Map([['rag-api', 5000]]),
  webhookPort: 5001,
  containersPort: 5002,
};

const { files } = loopbackFiles(model, sites);
const read = (name: string) => parse(files.get(name) ?? '') as Record<string, unknown>;

describe('podPorts', () => {
  it('are those of the component and those that only its pod can reach', () => {
    expect(podPorts(model, 'jaeger')).toEqual([4317, 4318, 16_686, 13_133, 8888, 16_685]);
    expect(podPorts(model, 'alertmanager')).toEqual([9093]);
  });
});

describe('loopbackFiles', () => {
  it('leaves rules, templates and boards as the cluster mounts them', () => {
    const changed = [...files].filter(([name, text]) => rendered.get(name) !== text).map(([name]) => name);

    expect(changed).toEqual([
      'alertmanager/alertmanager.yml',
      'jaeger/config.yaml',
      'otel-collector/config.yaml',
      'prometheus/prometheus.yml',
      'secrets/grafana-admin/password',
    ]);
  });

  it('reads rules and templates from the folder', () => {
    expect(read('prometheus/prometheus.yml')['rule_files']).toEqual(['/somewhere/prometheus/rules/*.yaml']);
    expect(read('alertmanager/alertmanager.yml')['templates']).toEqual([
      '/somewhere/alertmanager/templates/*.tmpl',
    ]);
  });

  it('changes of the routes nothing but where the webhook is', () => {
    const before = rendered.get('alertmanager/alertmanager.yml') ?? '';

    expect(read('alertmanager/alertmanager.yml')).toEqual(
      parse(
        before
          .replaceAll('http://host.docker.internal:5001', 'http://127.0.0.1:5001')
          .replace('/etc/', '/somewhere/'),
      ),
    );
  });

  it.each(['jaeger', 'otel-collector'])('lets %s listen on loopback only, at its ports here', (component) => {
    const text = files.get(`${component}/config.yaml`) ?? '';
    const ports = [...text.matchAll(/(?:endpoint: |host: |port: )(?:127\.0\.0\.1:)?(\d{5})$/gm)];

    expect(text).not.toMatch(/0\.0\.0\.0|localhost|\.svc/);
    expect(ports.map((match) => Number(match[1])).every((port) => port > 20_000)).toBe(true);
    expect(ports.length).toBeGreaterThanOrEqual(podPorts(model, component).length);
  });

  it('lets the Collector send to Jaeger here', () => {
    expect(read('otel-collector/config.yaml')).toMatchObject({
      exporters: { 'otlp_grpc/jaeger': { endpoint: '127.0.0.1:24317' } },
    });
  });

  it('gives each secret a file with its name', () => {
    expect(files.get('secrets/grafana-admin/password')).toBe('grafana-admin/password');
  });

  it('leaves the file of a program that does not run as it is', () => {
    const without = loopbackFiles(model, { ...sites, components: new Map([here('prometheus')]) });

    expect(without.files.get('jaeger/config.yaml')).toBe(rendered.get('jaeger/config.yaml'));
  });

  it('says which port of a pod has none here', () => {
    const components = new Map([['jaeger', new Map([[4317, 24_317]])]]);

    expect(() => loopbackFiles(model, { ...sites, components })).toThrow(
      'port 13133 of the pod has no port on this machine',
    );
  });
});

describe('onThisMachine', () => {
  it('leads paths of a pod into the folder', () => {
    expect(onThisMachine('/etc/prometheus/rules/*.yaml', model, sites)).toBe(
      '/somewhere/prometheus/rules/*.yaml',
    );
    expect(onThisMachine('/var/run/secrets/kubernetes.io/serviceaccount/token', model, sites)).toBe(
      '/somewhere/service-account/token',
    );
  });

  it('leaves the address of what does not run', () => {
    expect(onThisMachine('http://grafana.monitoring.svc:3000', model, sites)).toBe(
      'http://grafana.monitoring.svc:3000',
    );
  });
});
