import type { ClusterNetwork } from '../../environments/environment';
import { apiServer, nodes } from '../kubernetes/peers';
import { API_SERVER_DROPS, CADVISOR_DROPS, KUBELET_DROPS } from './metric-drops';
import { copy, keep } from './relabeling';
import type { RelabelConfig, ScrapeConfig } from './scrape-config';
import type { ScrapeJob } from './scrape-job';

/** Where Kubernetes puts a pod's token and the cluster's certificate authority. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Port of the kubelet's authenticated API. */
const KUBELET_PORT = 10_250;

/** Labels of nodes that boards tell nodes apart by. All labels would be dozens on each series. */
const NODE_LABELS = [
  'topology_kubernetes_io_zone',
  'node_kubernetes_io_instance_type',
  'eks_amazonaws_com_nodegroup',
  'karpenter_sh_nodepool',
] as const;

/** What the kubelet jobs must know of the cluster. */
export interface KubeletOptions {
  readonly network: ClusterNetwork;
  /**
   * Do not verify the kubelets' certificates: kind and minikube give them self-signed ones. On EKS the cluster's
   * authority signs them.
   * @default false
   */
  readonly skipVerify?: boolean;
}

/** The kubelets' own metrics. */
export function kubelet(options: KubeletOptions): ScrapeJob {
  return kubeletJob('kubelet', { metrics_path: '/metrics', metric_relabel_configs: KUBELET_DROPS }, options);
}

/** What containers use, from the cAdvisor inside each kubelet. */
export function cAdvisor(options: KubeletOptions): ScrapeJob {
  return kubeletJob(
    'cadvisor',
    {
      // cAdvisor sets timestamps; without this a container that is gone would linger for five minutes.
      track_timestamps_staleness: true,
      metrics_path: '/metrics/cadvisor',
      metric_relabel_configs: CADVISOR_DROPS,
    },
    options,
  );
}

function kubeletJob(
  name: 'kubelet' | 'cadvisor',
  config: Pick<ScrapeConfig, 'track_timestamps_staleness' | 'metrics_path' | 'metric_relabel_configs'>,
  options: KubeletOptions,
): ScrapeJob {
  const { metric_relabel_configs, ...first } = config;
  return {
    name,
    kind: name,
    config: {
      job_name: name,
      ...first,
      scheme: 'https',
      authorization: { credentials_file: `${SERVICE_ACCOUNT}/token` },
      tls_config:
        options.skipVerify === true
          ? { insecure_skip_verify: true }
          : { ca_file: `${SERVICE_ACCOUNT}/ca.crt` },
      kubernetes_sd_configs: [{ role: 'node' }],
      relabel_configs: NODE_TARGET_LABELS,
      metric_relabel_configs,
    },
    reaches: [nodes(options.network, KUBELET_PORT, 'metrics of kubelets')],
    selects: { kind: 'nodes' },
    targetLabels: ['job', 'instance', 'node', 'metrics_path', ...NODE_LABELS],
  };
}

/** Discovery has set `instance` to the node's name already. */
const NODE_TARGET_LABELS: readonly RelabelConfig[] = [
  copy('__meta_kubernetes_node_name', 'node'),
  copy('__metrics_path__', 'metrics_path'),
  {
    regex: `__meta_kubernetes_node_label_(${NODE_LABELS.join('|')})`,
    replacement: '$1',
    action: 'labelmap',
  },
];

/** The Kubernetes API servers, behind the Service `kubernetes`. */
export function apiServerTargets(network: ClusterNetwork): ScrapeJob {
  return {
    name: 'apiserver',
    kind: 'api-server',
    config: {
      job_name: 'apiserver',
      scheme: 'https',
      authorization: { credentials_file: `${SERVICE_ACCOUNT}/token` },
      tls_config: { ca_file: `${SERVICE_ACCOUNT}/ca.crt`, server_name: 'kubernetes.default.svc' },
      kubernetes_sd_configs: [{ role: 'endpointslice', namespaces: { names: ['default'] } }],
      relabel_configs: [
        keep(
          ['__meta_kubernetes_service_name', '__meta_kubernetes_endpointslice_port_name'],
          'kubernetes;https',
        ),
        copy('__meta_kubernetes_namespace', 'namespace'),
      ],
      metric_relabel_configs: API_SERVER_DROPS,
    },
    reaches: [apiServer(network)],
    selects: { kind: 'api-server' },
    targetLabels: ['job', 'instance', 'namespace'],
  };
}
