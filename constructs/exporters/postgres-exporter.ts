import { Construct } from 'constructs';
import type { ResourceSettings } from '../../environments/environment';
import { secretFile, type Component } from '../kubernetes/component';
import { Workload } from '../kubernetes/workload';
import { dataSourceUri, type PostgresSource } from './postgres-component';

/** User `nobody` of the image (github.com/prometheus-community/postgres_exporter, README "Quick Start"). */
const USER = { uid: 65_534, gid: 65_534 };

/** What {@link PostgresExporter} is made of. */
export interface PostgresExporterProps {
  /** Made by `postgresComponent`. */
  readonly component: Component;
  readonly image: string;
  readonly source: PostgresSource;
  readonly resources: ResourceSettings;
}

/**
 * Reads PostgreSQL's own statistics.
 *
 * The exporter has no variable for a file with a whole data source name (there is DATA_SOURCE_NAME, and files for its
 * parts), and it logs everything but the password of one. So the parts stand in variables and the password in a file.
 */
export class PostgresExporter extends Construct {
  constructor(scope: Construct, id: string, props: PostgresExporterProps) {
    super(scope, id);
    const { component, image, source, resources } = props;
    new Workload(this, 'Workload', {
      component,
      controller: { kind: 'deployment' },
      container: {
        image,
        env: [
          { name: 'DATA_SOURCE_URI', value: dataSourceUri(source) },
          { name: 'DATA_SOURCE_USER', value: source.user },
          { name: 'DATA_SOURCE_PASS_FILE', value: secretFile(source.password) },
        ],
        resources,
        user: USER,
        // The landing page: a scrape as a probe would query the database each time.
        probes: {
          readiness: { path: '/', port: 'http' },
          liveness: { path: '/', port: 'http' },
        },
      },
    });
  }
}
