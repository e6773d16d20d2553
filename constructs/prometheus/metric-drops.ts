import { drop } from './relabeling';
import type { RelabelConfig } from './scrape-config';

/*
 * Series that cost much and that no board or rule here reads. The lists are those of kube-prometheus-stack's values
 * (github.com/prometheus-community/helm-charts, charts/kube-prometheus-stack/values.yaml). Prometheus 3 writes whole
 * numbers in `le` with a decimal (`15.0`), so both spellings are matched.
 */

/**
 * What cAdvisor tells beside the containers' use. `container_spec_*` goes too: it is 0 where no limit is set; use
 * `kube_pod_container_resource_limits` of kube-state-metrics.
 */
export const CADVISOR_DROPS: readonly RelabelConfig[] = [
  drop(
    ['__name__'],
    'container_cpu_(cfs_throttled_seconds_total|load_average_10s|system_seconds_total|user_seconds_total)',
  ),
  drop(
    ['__name__'],
    'container_fs_(io_current|io_time_seconds_total|io_time_weighted_seconds_total|reads_merged_total|sector_reads_total|sector_writes_total|writes_merged_total)',
  ),
  drop(['__name__'], 'container_memory_(mapped_file|swap)'),
  drop(['__name__'], 'container_(file_descriptors|tasks_state|threads_max)'),
  drop(['__name__', 'scope'], 'container_memory_failures_total;hierarchy'),
  drop(['__name__', 'interface'], 'container_network_.*;(cali|cilium|cni|lxc|nodelocaldns|tunl).*'),
  drop(['__name__'], 'container_spec.*'),
  // Control groups without a pod: those of the node's own services.
  drop(['id', 'pod'], '.+;'),
];

/** Every other bucket of the kubelet's storage operations. */
export const KUBELET_DROPS: readonly RelabelConfig[] = [
  drop(
    ['__name__', 'le'],
    String.raw`(csi_operations|storage_operation_duration)_seconds_bucket;(0\.25|2\.5|15|25|120|600)(\.0)?`,
  ),
];

/** Most buckets of the API server's latency histograms, and what it tells of etcd and of request sizes. */
export const API_SERVER_DROPS: readonly RelabelConfig[] = [
  drop(
    ['__name__', 'le'],
    String.raw`(etcd_request|apiserver_request_slo|apiserver_request_sli|apiserver_request)_duration_seconds_bucket;(0\.15|0\.2|0\.3|0\.35|0\.4|0\.45|0\.6|0\.7|0\.8|0\.9|1\.25|1\.5|1\.75|2|3|3\.5|4|4\.5|6|7|8|9|15|20|40|45|50)(\.0)?`,
  ),
  drop(['__name__'], 'etcd_(debugging|disk|server).*'),
  drop(['__name__'], 'apiserver_(request_body_size_bytes|response_sizes|watch_events_sizes)_bucket'),
];
