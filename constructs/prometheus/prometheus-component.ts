import type { ClusterNetwork } from '../../environments/environment';
import { asPeer, type Component, type Connection } from '../kubernetes/component';
import { apiServer } from '../kubernetes/peers';
import { renderYaml } from '../kubernetes/render-yaml';
import {
  alertmanagerPort,
  CONFIG_DIRECTORY,
  CONFIG_FILE,
  RULES_DIRECTORY,
  type PrometheusConfig,
} from './prometheus-config';
import { prometheusPermissions } from './prometheus-permissions';
import type { ScrapeJob, ScrapedComponent } from './scrape-job';

/** Where others find Prometheus: known before its configuration is, which names them in turn. */
export function prometheusEndpoint(
  namespace: string,
): Pick<Component, 'name' | 'namespace' | 'ports' | 'metrics'> {
  return {
    name: 'prometheus',
    namespace,
    ports: [{ name: 'http', number: 9090 }],
    metrics: { port: 'http' },
  };
}

/** What Prometheus' component is made of. */
export interface PrometheusComponentOptions {
  readonly namespace: string;
  readonly network: ClusterNetwork;
  readonly config: PrometheusConfig;
  /** Rule files by name, such as `rag-api.yaml`. */
  readonly rules: Readonly<Record<string, string>>;
  readonly jobs: readonly ScrapeJob[];
  readonly alertmanager: ScrapedComponent;
}

/** Prometheus as the rest of the stack sees it. It reloads by itself when a file changes, so nothing restarts it. */
export function prometheusComponent(options: PrometheusComponentOptions): Component {
  const { alertmanager, jobs } = options;
  return {
    ...prometheusEndpoint(options.namespace),
    config: [
      {
        name: 'config',
        mountPath: CONFIG_DIRECTORY,
        files: { [CONFIG_FILE]: renderYaml(options.config) },
        reload: 'watched',
      },
      { name: 'rules', mountPath: RULES_DIRECTORY, files: options.rules, reload: 'watched' },
    ],
    secrets: [],
    egress: distinct([
      apiServer(options.network),
      { peer: asPeer(alertmanager), ports: [{ number: alertmanagerPort(alertmanager) }], why: 'alerts' },
      ...jobs.flatMap(({ reaches }) => reaches),
    ]),
    ingress: [],
    permissions: prometheusPermissions(jobs, alertmanager.namespace),
  };
}

/** Edges to the same peer and ports become one that says all it is for. */
function distinct(edges: readonly Connection[]): Connection[] {
  const byTarget = new Map<string, Connection>();
  for (const edge of edges) {
    const id = JSON.stringify([edge.peer, edge.ports]);
    const before = byTarget.get(id);
    const reasons = before === undefined ? [] : before.why.split(', ');
    byTarget.set(id, { ...edge, why: [...new Set([...reasons, edge.why])].join(', ') });
  }
  return [...byTarget.values()];
}
