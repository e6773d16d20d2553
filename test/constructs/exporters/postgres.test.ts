import {
  dataSourceUri,
  postgresComponent,
  type PostgresSource,
} from '../../../constructs/exporters/postgres-component';
import { PostgresExporter } from '../../../constructs/exporters/postgres-exporter';
import { aStack, resourcesOf } from '../../support/synth';

const source: PostgresSource = {
  host: 'db.example.org',
  user: 'monitor',
  password: { name: 'postgres-exporter', key: 'password' },
  cidrs: ['10.0.8.0/24'],
};

describe('postgresComponent', () => {
  it('calls the database and nothing else', () => {
    const { egress } = postgresComponent({ namespace: 'monitoring', source });
    expect(egress).toEqual([
      {
        peer: { kind: 'cidrs', cidrs: ['10.0.8.0/24'] },
        ports: [{ number: 5432 }],
        why: 'the watched PostgreSQL database',
      },
    ]);
  });

  it('follows the port of the database', () => {
    const { egress } = postgresComponent({ namespace: 'monitoring', source: { ...source, port: 6432 } });
    expect(egress[0]?.ports).toEqual([{ number: 6432 }]);
  });

  it('is scraped, and mounts the password', () => {
    expect(postgresComponent({ namespace: 'monitoring', source })).toMatchObject({
      name: 'postgres-exporter',
      ports: [{ name: 'http', number: 9187 }],
      metrics: { port: 'http' },
      secrets: [source.password],
    });
  });

  it('refuses no address, which a network policy would read as any', () => {
    expect(() => postgresComponent({ namespace: 'monitoring', source: { ...source, cidrs: [] } })).toThrow(
      'postgresExporter.cidrs: no address range; allowed: at least one, such as 10.0.0.0/16; mend: name the subnets of the database',
    );
  });
});

describe('dataSourceUri', () => {
  it('asks for TLS and the database postgres by default', () => {
    expect(dataSourceUri(source)).toBe('db.example.org:5432/postgres?sslmode=require');
  });

  it('takes port, database and TLS mode of the environment', () => {
    expect(dataSourceUri({ ...source, port: 1, database: 'my db', sslMode: 'verify-full' })).toBe(
      'db.example.org:1/my%20db?sslmode=verify-full',
    );
  });
});

describe('PostgresExporter', () => {
  const stack = aStack();
  new PostgresExporter(stack, 'PostgresExporter', {
    component: postgresComponent({ namespace: 'monitoring', source }),
    image: 'postgres-exporter:1',
    source,
    resources: { cpuMillicores: 10, memoryMiB: 64 },
  });

  it('reads the password from a file, and has it in no variable', () => {
    expect(resourcesOf(stack, 'kubernetes_deployment_v1')[0]).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [
              {
                env: [
                  { name: 'DATA_SOURCE_URI', value: 'db.example.org:5432/postgres?sslmode=require' },
                  { name: 'DATA_SOURCE_USER', value: 'monitor' },
                  { name: 'DATA_SOURCE_PASS_FILE', value: '/etc/secrets/postgres-exporter/password' },
                ],
                volume_mount: [{ mount_path: '/etc/secrets/postgres-exporter', read_only: true }],
              },
            ],
            security_context: { run_as_user: '65534' },
            volume: [{ secret: { secret_name: 'postgres-exporter' } }],
          },
        },
      },
    });
  });

  it('is probed at a page that does not ask the database', () => {
    expect(resourcesOf(stack, 'kubernetes_deployment_v1')[0]).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [
              { liveness_probe: { http_get: { path: '/' } }, readiness_probe: { http_get: { path: '/' } } },
            ],
          },
        },
      },
    });
  });
});
