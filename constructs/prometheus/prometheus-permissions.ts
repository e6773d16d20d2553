import type { Permissions, PolicyRule } from '../kubernetes/component';
import type { ScrapeJob } from './scrape-job';

/** Discovery lists and watches, and asks for no single object (prometheus: discovery/kubernetes/kubernetes.go). */
const DISCOVER = ['list', 'watch'] as const;

/**
 * What Prometheus may read of the Kubernetes API: what its jobs discover, in the namespaces where they discover it,
 * and the metrics of kubelets and API servers. No `nodes/proxy`, which would let it run commands in containers.
 *
 * @param jobs all scrape jobs
 * @param alertmanagerNamespace where the pods of Alertmanager are discovered
 */
export function prometheusPermissions(
  jobs: readonly Pick<ScrapeJob, 'kind' | 'config'>[],
  alertmanagerNamespace: string,
): Permissions {
  return {
    cluster: clusterRules(jobs),
    namespaced: namespacedRules(jobs, alertmanagerNamespace),
  };
}

function clusterRules(jobs: readonly Pick<ScrapeJob, 'kind' | 'config'>[]): PolicyRule[] {
  const has = (...kinds: ScrapeJob['kind'][]) => jobs.some(({ kind }) => kinds.includes(kind));
  const kubelets: PolicyRule[] = [
    { apiGroups: [''], resources: ['nodes'], verbs: DISCOVER },
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  ];
  const apiServer: PolicyRule[] = [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }];
  return [...(has('kubelet', 'cadvisor') ? kubelets : []), ...(has('api-server') ? apiServer : [])];
}

function namespacedRules(jobs: readonly Pick<ScrapeJob, 'config'>[], alertmanagerNamespace: string) {
  const discoveries = jobs.flatMap(({ config }) => config.kubernetes_sd_configs ?? []);
  const namespacesOf = (role: 'pod' | 'endpointslice') =>
    discoveries.filter((one) => one.role === role).flatMap((one) => one.namespaces?.names ?? []);
  const withSlices = new Set(namespacesOf('endpointslice'));
  const namespaces = [...new Set([alertmanagerNamespace, ...namespacesOf('pod'), ...withSlices])].sort();
  return namespaces.map((namespace) => ({
    namespace,
    rules: withSlices.has(namespace) ? [...PODS, ...SLICES] : PODS,
  }));
}

const PODS: readonly PolicyRule[] = [{ apiGroups: [''], resources: ['pods'], verbs: DISCOVER }];

/** A slice is discovered with its Service and its pods. */
const SLICES: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['services'], verbs: DISCOVER },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: DISCOVER },
];
