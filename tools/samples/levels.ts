import type { Metric } from '../../content/metric-contract';
import { APPLICATION, TYPICAL_RATES, typicalLevel } from './typical';
import type { Labels } from './world';

/** Names of what should not happen. */
const BAD =
  /fail|error|err_|errs|drop|reject|retr(?:y|ies|ied)|missed|exceeded|corrupt|invalid|refused|overlimit|paused|unavailable|unschedulable|stalled|oom|deadlock|conflict|rollback|violation|unpriced|evict|preempt|duplicate|out_of|misscheduled|limit_reached|readonly|lost|overflow|truncated|full/i;

/** Label values that stand for what should not happen, and their share. */
const SHARES: Readonly<Record<string, number>> = {
  '404': 0.02,
  '500': 0.001,
  '503': 0.0015,
  error: 0.003,
  err: 0,
  timeout: 0.002,
  rate_limited: 0.004,
  fail: 0.06,
  down: 0.15,
  empty: 0.02,
  miss: 0.6,
  hit: 0.4,
  cache_write: 0.05,
  cache_read: 0.3,
  output: 0.2,
  idle: 12,
  iowait: 0.1,
  irq: 0.02,
  nice: 0.01,
  softirq: 0.05,
  steal: 0.02,
  'fail-unknown': 0.005,
  cancelled: 0.01,
};

/** Events or amounts a second, by unit. */
const RATES: Readonly<Record<string, number>> = {
  requests: 0.5,
  queries: 0.4,
  tokens: 120,
  dollars: 0.00002,
  bytes: 20_000,
  seconds: 0.05,
  samples: 500,
  records: 20,
  spans: 8,
};

/** Values of gauges by name, where their unit says too little. */
const LEVELS: Readonly<Record<string, number>> = {
  rag_db_connections_max: 20,
  rag_llm_rate_limit_remaining_requests: 800,
  business_user_satisfaction_score: 4.5,
  upload_queue_oldest_job_age_seconds: 45,
  pg_database_size_bytes: 12e9,
  pg_wal_size_bytes: 1e9,
  pg_settings_max_connections: 200,
  pg_settings_superuser_reserved_connections: 3,
  pg_replication_is_replica: 0,
  pg_stat_activity_max_tx_duration: 2,
  node_memory_MemTotal_bytes: 16e9,
  node_memory_MemAvailable_bytes: 9e9,
  node_filesystem_size_bytes: 100e9,
  node_filesystem_avail_bytes: 60e9,
  node_filesystem_free_bytes: 62e9,
  node_filesystem_files: 5e7,
  node_filesystem_files_free: 4.8e7,
  node_nf_conntrack_entries: 4000,
  node_nf_conntrack_entries_limit: 262_144,
  node_filefd_allocated: 3000,
  node_filefd_maximum: 1e6,
  node_timex_offset_seconds: 0.0001,
  node_timex_maxerror_seconds: 0.01,
  node_load1: 1.2,
  kubelet_volume_stats_capacity_bytes: 50e9,
  kubelet_volume_stats_available_bytes: 30e9,
  kubelet_volume_stats_used_bytes: 20e9,
  kubelet_volume_stats_inodes: 3e6,
  kubelet_volume_stats_inodes_free: 2.9e6,
  container_memory_working_set_bytes: 9e8,
  container_memory_usage_bytes: 1e9,
  kube_horizontalpodautoscaler_spec_max_replicas: 10,
  kube_statefulset_replicas: 2,
  kube_statefulset_status_replicas: 2,
  kube_statefulset_status_replicas_ready: 2,
  kube_statefulset_status_replicas_updated: 2,
  kube_deployment_status_replicas_unavailable: 0,
  kube_pod_container_status_waiting: 0,
  kube_pod_container_status_terminated: 0,
  kube_node_spec_unschedulable: 0,
  kube_deployment_spec_paused: 0,
  kube_cronjob_spec_suspend: 0,
  process_open_fds: 60,
  process_max_fds: 65_536,
  probe_http_status_code: 200,
  prometheus_tsdb_head_series: 40_000,
  prometheus_tsdb_retention_limit_bytes: 40e9,
  prometheus_tsdb_retention_limit_seconds: 2_592_000,
  prometheus_rule_group_interval_seconds: 60,
  prometheus_notifications_queue_capacity: 10_000,
  prometheus_notifications_queue_length: 0,
  otelcol_exporter_queue_capacity: 1000,
  fluentbit_output_chunk_available_capacity_percent: 95,
  alertmanager_cluster_members: 2,
  alertmanager_cluster_failed_peers: 0,
  scrape_samples_scraped: 800,
  scrape_samples_post_metric_relabeling: 800,
  scrape_sample_limit: 20_000,
  scrape_timeout_seconds: 10,
};

/** Gauges of seconds that are moments, not lengths of time. */
const MOMENT =
  /timestamp|_created$|start_time|completion_time|_time$|boot_time|node_time_|last_autovacuum|last_seen|expiry|lowest_|schedule|successful_time|FOR_STATE/;

/** What is set rather than measured, and what two metrics must agree on. */
const STEADY = /^kube_|^scrape_samples|max|limit|size|Total|capacity|members/;

/** Moments at which something was done again. */
const RENEWED = /last_success_|last_autovacuum|last_schedule|last_successful/;

/** Seconds between two such moments. */
const RENEWAL = 6 * 3600;

/** Sizes of a resource, by what is asked. */
const RESOURCES: Readonly<Record<string, number>> = { cpu: 2, memory: 2e9, pods: 58 };

/** Values of states, of which one is 1: the one that holds, by the metric's name. */
const STATES: readonly (readonly [start: string, holds: (labels: Labels) => boolean])[] = [
  ['kube_pod_status_phase', ({ phase }) => phase === 'Running'],
  ['kube_namespace_status_phase', ({ phase }) => phase === 'Active'],
  ['kube_persistentvolumeclaim_status_phase', ({ phase }) => phase === 'Bound'],
  ['kube_persistentvolume_status_phase', ({ phase }) => phase === 'Bound'],
  ['kube_pod_status_', ({ condition }) => condition === 'true'],
  ['kube_node_status_condition', ({ condition, status }) => status === String(condition === 'Ready')],
  [
    'kube_deployment_status_condition',
    ({ condition, status }) => status === String(condition !== 'ReplicaFailure'),
  ],
  [
    'kube_horizontalpodautoscaler_status_condition',
    ({ condition, status }) => status === String(condition !== 'ScalingLimited'),
  ],
  ['kube_job_complete', ({ condition }) => condition === 'true'],
  ['kube_job_failed', ({ condition }) => condition === 'false'],
  ['kube_pod_container_status_waiting_reason', () => false],
  ['kube_pod_container_status_terminated_reason', () => false],
  // Not now: each was replaced by a release, long ago.
  ['kube_pod_container_status_last_terminated_reason', ({ reason }) => reason === 'Completed'],
];

/** Events or amounts a second of one series of a counter, or observations of a histogram. */
export function rateOf(metric: Metric, labels: Labels): number {
  const { name, type, unit } = metric;
  const byUnit = type === 'counter' ? (RATES[unit] ?? 0.05) : 0.4;
  return (TYPICAL_RATES[name] ?? (isWell(name) ? byUnit : 0)) * shareOf(labels);
}

/** True of what may count: a program of the stack counts nothing that should not happen, as long as it is well. */
function isWell(name: string): boolean {
  return APPLICATION.test(name) || !(BAD.test(name) || name.includes('restarts'));
}

/** Mean of a gauge, and whether it moves; or how many seconds apart are the moments of which it tells the last. */
export interface Level {
  readonly mean: number;
  readonly moves: boolean;
  /** @default - it tells no such moment */
  readonly renewedEvery?: number;
}

/** @param end the last moment of all samples */
export function levelOf(metric: Metric, labels: Labels, end: number): Level {
  const { name, unit, type, range } = metric;
  const [, holds] = STATES.find(([start]) => name.startsWith(start)) ?? [];
  if (holds !== undefined) return { mean: holds(labels) ? 1 : 0, moves: false };
  const known =
    typicalLevel(name, labels) ??
    LEVELS[name] ??
    (unit === 'units' ? RESOURCES[labels['resource'] ?? ''] : undefined);
  if (known !== undefined) return { mean: known, moves: !STEADY.test(name) };
  if (type === 'info') return { mean: 1, moves: false };
  if (unit === 'seconds' && RENEWED.test(name)) return { mean: end, moves: true, renewedEvery: RENEWAL };
  if (unit === 'seconds' && MOMENT.test(name)) {
    return { mean: name.includes('expiry') ? end + 40 * 86_400 : end - 7200, moves: false };
  }
  if (range?.[0] === 0 && range[1] === 1) return { mean: BAD.test(name) ? 0 : 1, moves: false };
  if (BAD.test(name)) return { mean: 0, moves: false };
  if (unit === 'seconds') return { mean: 0.05, moves: true };
  return { mean: unit === 'bytes' ? 2e8 : 6, moves: !STEADY.test(name) };
}

function shareOf(labels: Labels): number {
  return Object.values(labels).reduce((share, value) => share * (SHARES[value] ?? 1), 1);
}
