import type { PostgresExporterSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';
import { addresses } from '../kubernetes/peers';

/** Port of PostgreSQL. */
const POSTGRES_PORT = 5432;

/** The watched database. */
export type PostgresSource = Omit<PostgresExporterSettings, 'resources'>;

/**
 * The PostgreSQL exporter.
 *
 * @throws ConfigError if no address of the database is named, which a network policy would read as anyone
 */
export function postgresComponent(options: {
  readonly namespace: string;
  readonly source: PostgresSource;
}): Component {
  const { source } = options;
  if (source.cidrs.length === 0) {
    throw new ConfigError({
      where: 'postgresExporter.cidrs',
      found: 'no address range',
      allowed: 'at least one, such as 10.0.0.0/16',
      mend: 'name the subnets of the database',
    });
  }
  return {
    name: 'postgres-exporter',
    namespace: options.namespace,
    ports: [{ name: 'http', number: 9187 }],
    config: [],
    secrets: [source.password],
    egress: [addresses(source.cidrs, source.port ?? POSTGRES_PORT, 'the watched PostgreSQL database')],
    ingress: [],
    metrics: { port: 'http' },
  };
}

/** What the exporter connects to, as its variable `DATA_SOURCE_URI` has it: without scheme, user and password. */
export function dataSourceUri(source: PostgresSource): string {
  const { host, port = POSTGRES_PORT, database = 'postgres', sslMode = 'require' } = source;
  return `${host}:${String(port)}/${encodeURIComponent(database)}?sslmode=${sslMode}`;
}
