import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { renderedFiles } from '../../../stacks/rendered-files';
import { IMAGES } from '../../../stacks/versions';
import { composeOutput, FILES_FOLDER } from '../../../tools/compose/compose-file';
import type { ComposeService } from '../../../tools/compose/example-services';
import { stackResources } from '../../../tools/processes/stack-command';
import { modelOf } from '../../support/rendered';

const ROOT = join(__dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'compose');

const model = modelOf('local');
const { compose, files, leftOut } = composeOutput(model, stackResources(model));
const document = parse(compose) as {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
  readonly volumes: object;
};
const services = Object.entries(document.services);
const serviceOf = (name: string) => document.services[name];

describe('the Compose file', () => {
  it('is what npm run compose writes', () => {
    expect(readFileSync(join(FOLDER, 'docker-compose.yaml'), 'utf8')).toBe(compose);
    expect(readFileSync(join(FOLDER, FILES_FOLDER, 'prometheus', 'prometheus.yml'), 'utf8')).toBe(
      files.get('prometheus/prometheus.yml'),
    );
  });

  it('runs each program at the version that the stack deploys', () => {
    expect(
      Object.fromEntries(
        services.filter(([, { build }]) => build === undefined).map(([name, { image }]) => [name, image]),
      ),
    ).toEqual({
      prometheus: IMAGES.prometheus,
      alertmanager: IMAGES.alertmanager,
      grafana: IMAGES.grafana,
      jaeger: IMAGES.jaeger,
      'otel-collector': IMAGES.otelCollector,
      silence: IMAGES.alertmanager,
    });
  });

  it('publishes ports on loopback only, each once', () => {
    const ports = services.flatMap(([, { ports: published = [] }]) => published);

    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports).size).toBe(ports.length);
    expect(serviceOf('grafana')?.ports).toEqual(['127.0.0.1:3000:3000']);
    expect(serviceOf('agent-api')?.ports).toEqual(['127.0.0.1:8002:8000']);
  });

  it('gives no container a capability', () => {
    for (const [, { cap_drop, security_opt }] of services) {
      expect([cap_drop, security_opt]).toEqual([['ALL'], ['no-new-privileges:true']]);
    }
  });

  it('mounts rendered files only, of which all but prometheus.yml are those of the cluster', () => {
    const rendered = renderedFiles(model);
    const changed = [...files].filter(([name, text]) => rendered.get(name) !== text).map(([name]) => name);
    const mounted = services.flatMap(([, { volumes = [] }]) =>
      volumes.filter(({ type }) => type === 'bind').map(({ source, target }) => [source, target]),
    );

    expect(changed).toEqual(['prometheus/prometheus.yml']);
    expect(mounted).toEqual(
      ['prometheus', 'alertmanager', 'grafana', 'jaeger', 'otel-collector'].map((name) => [
        `./files/${name}`,
        `/etc/${name}`,
      ]),
    );
    expect([...files.keys()].filter((name) => name.startsWith('grafana/dashboards/')).length).toBe(
      [...rendered.keys()].filter((name) => name.startsWith('grafana/dashboards/')).length,
    );
  });

  it('answers to every address of the cluster that the files name', () => {
    const aliases = services.flatMap(([, { networks }]) => networks?.['default']?.aliases ?? []);
    const named = [...files.values()].flatMap(
      (text) => text.match(/[a-z-]+\.monitoring(-agents)?\.svc/g) ?? [],
    );

    expect([...new Set(named)].filter((address) => !aliases.includes(address))).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });

  it('knows the machine itself where a file names it', () => {
    expect(services.filter(([, { extra_hosts }]) => extra_hosts !== undefined).map(([name]) => name)).toEqual(
      ['alertmanager'],
    );
  });

  it('scrapes the containers and silences alerts about the rest', () => {
    const config = files.get('prometheus/prometheus.yml') ?? '';
    const { scrape_configs: jobs } = parse(config) as {
      readonly scrape_configs: readonly {
        readonly job_name: string;
        readonly static_configs: readonly { readonly targets: readonly string[] }[];
      }[];
    };

    expect(
      Object.fromEntries(jobs.map(({ job_name, static_configs: [found] }) => [job_name, found?.targets])),
    ).toEqual({
      'rag-api': ['rag-api:8000'],
      'upload-pipeline': ['upload-pipeline:8000'],
      'agent-api': ['agent-api:8000'],
      alertmanager: ['alertmanager:9093'],
      grafana: ['grafana:3000'],
      jaeger: ['jaeger:8888'],
      'otel-collector': ['otel-collector:8888'],
      prometheus: ['prometheus:9090'],
    });
    expect(serviceOf('silence')?.command?.at(-1)).toBe(`job=~"${leftOut.map(({ job }) => job).join('|')}"`);
  });

  it('writes links that a browser on the machine can follow', () => {
    const links = services.flatMap(([, { command = [] }]) =>
      command.filter((argument) => argument.startsWith('--web.external-url=')),
    );

    expect(links).toEqual([
      '--web.external-url=http://localhost:9090',
      '--web.external-url=http://localhost:9093',
    ]);
  });

  it("lets the machine's owner choose Grafana's password", () => {
    expect(serviceOf('grafana')?.configs).toEqual([
      { source: 'grafana-admin-password', target: '/etc/secrets/grafana-admin/password' },
    ]);
    expect(document.configs).toEqual({
      'grafana-admin-password': { content: '${GRAFANA_ADMIN_PASSWORD:-admin}' },
    });
  });

  it('builds the example from files that are there', () => {
    const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (.*) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );

    expect(serviceOf('rag-api')?.build).toEqual({ context: '..', dockerfile: 'compose/Dockerfile' });
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
