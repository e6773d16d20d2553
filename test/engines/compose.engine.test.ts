import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeOutput } from '../../tools/compose/compose-file';
import { writeTree } from '../../tools/files';
import { stackResources } from '../../tools/processes/stack-command';
import { describeWithEngines } from '../support/engines';
import { modelOf } from '../support/rendered';

const COMPOSE = join(__dirname, '..', '..', 'compose');

interface Resolved {
  readonly services: Readonly<
    Record<
      string,
      { readonly volumes?: readonly { readonly source: string }[]; readonly command?: readonly string[] }
    >
  >;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

describeWithEngines(['compose-go', 'promtool'], 'the Compose file, as docker compose reads it', (engines) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'compose-'));
    cpSync(join(COMPOSE, 'docker-compose.yaml'), join(folder, 'docker-compose.yaml'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const resolve = (file: string) =>
    JSON.parse(
      execFileSync(engines['compose-go'], ['-format', 'json', file], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    ) as Resolved;

  it('is valid by the schema of the Compose Specification and consistent', () => {
    const { services } = resolve('docker-compose.yaml');

    expect(Object.keys(services).sort()).toEqual([
      'agent-api',
      'alertmanager',
      'grafana',
      'jaeger',
      'load',
      'otel-collector',
      'prometheus',
      'rag-api',
      'silence',
      'upload-pipeline',
    ]);
    expect(services['prometheus']?.volumes?.[0]?.source).toBe(join(folder, 'files', 'prometheus'));
  });

  it('has a password for Grafana where nobody sets one', () => {
    expect(resolve('docker-compose.yaml').configs['grafana-admin-password']?.content).toBe('admin');
  });

  it('would be refused with a field that no service has', () => {
    const text = readFileSync(join(folder, 'docker-compose.yaml'), 'utf8');
    writeFileSync(join(folder, 'wrong.yaml'), text.replace('cap_drop:', 'cap_dropped:'));

    expect(() => resolve('wrong.yaml')).toThrow(/cap_dropped/);
  });

  it('mounts a prometheus.yml and rules that Prometheus reads', () => {
    const model = modelOf('local');
    const { files } = composeOutput(model, stackResources(model));
    const here = (text: string) => text.replaceAll('/etc/prometheus', join(folder, 'files', 'prometheus'));
    writeTree(
      join(folder, 'files'),
      new Map(
        [...files].map(([name, text]) => [name, name === 'prometheus/prometheus.yml' ? here(text) : text]),
      ),
    );
    const said = execFileSync(
      engines.promtool,
      ['check', 'config', join(folder, 'files', 'prometheus', 'prometheus.yml')],
      {
        encoding: 'utf8',
      },
    );

    expect(said).toContain('is valid prometheus config file syntax');
    expect(said).toMatch(/SUCCESS: \d+ rule files found/);
  });
});
