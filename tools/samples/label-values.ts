import type { LabelSpec } from '../../content/metric-contract';

/**
 * Values that labels have where the contract gives a bound rather than a list: what a running stack would show, not what
 * some rule asks for.
 */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  // The application
  endpoint: ['/query', '/documents/{id}'],
  status: ['200', '404', '503'],
  domain: ['support', 'engineering'],
  model: ['nova-lite', 'claude-haiku'],
  from_model: ['claude-haiku'],
  to_model: ['nova-lite'],
  provider: ['bedrock'],
  index: ['docs', 'tickets'],
  policy: ['personal_data'],
  prompt_version: ['7'],
  workflow: ['answer', 'summarise'],
  queue: ['documents', 'embeddings'],
  plan: ['free', 'team'],
  // The programs of the stack
  integration: ['email', 'slack', 'webhook', 'sns'],
  handler: ['/api/v2/alerts', '/metrics'],
  code: ['200', '404', '500'],
  status_code: ['200', '500'],
  method: ['GET', 'POST'],
  rule_group: ['cost-alerts', 'recording-cost'],
  scrape_job: ['rag-api', 'node-exporter'],
  config: ['rag-api'],
  remote_name: ['archive'],
  url: ['https://archive.example.org/api/v1/write'],
  alertmanager: ['http://10.30.64.1:9093/api/v2/alerts'],
  interval: ['30s'],
  datasource: ['prometheus'],
  plugin_id: ['prometheus'],
  exporter: ['otlp_grpc/jaeger', 'awsxray'],
  receiver: ['otlp'],
  processor: ['batch', 'memory_limiter'],
  server_address: ['jaeger'],
  server_port: ['4317'],
  url_path: [''],
  input: ['tail.0'],
  output: ['cloudwatch_logs.0'],
  hostname: ['fluent-bit'],
  // PostgreSQL
  datname: ['rag', 'postgres'],
  datid: ['16384'],
  usename: ['rag'],
  application_name: ['rag-api'],
  backend_type: ['client backend'],
  wait_event: ['ClientRead'],
  wait_event_type: ['Client'],
  schemaname: ['public'],
  relname: ['documents', 'chunks'],
  // Nodes
  cpu: ['0', '1'],
  device: ['nvme0n1'],
  fstype: ['xfs'],
  mountpoint: ['/'],
  device_error: [''],
  collector: ['cpu', 'filesystem'],
  interface: ['eth0'],
  // Kubernetes
  verb: ['GET', 'LIST', 'WATCH', 'POST'],
  resource: ['pods', 'leases'],
  group: [''],
  subresource: [''],
  dry_run: [''],
  component: ['apiserver'],
  version: ['v1'],
  flow_schema: ['system-nodes'],
  priority_level: ['system'],
  operation_type: ['container_status', 'create_container'],
  operation_name: ['volume_mount'],
  volume_plugin: ['kubernetes.io/csi'],
  storageclass: ['gp3'],
  error_type: [''],
  gen_ai_operation_name: ['chat'],
  gen_ai_provider_name: ['aws.bedrock'],
  gen_ai_system: ['aws.bedrock'],
  gen_ai_request_model: ['nova-lite'],
  gen_ai_response_model: ['nova-lite'],
};

/** Where one label means different things to different programs: by the start of the metric's name. */
const BY_METRIC: readonly (readonly [start: string, label: string, values: readonly string[]])[] = [
  ['apiserver_request_total', 'code', ['200', '404', '500']],
  ['alertmanager_notifications_failed', 'reason', ['other', 'serverError']],
  ['etcd_', 'operation', ['get', 'update']],
  ['jaeger_', 'operation', ['write_trace', 'find_traces']],
  ['jaeger_', 'name', ['traces']],
  ['fluentbit_input', 'name', ['tail.0']],
  ['fluentbit_filter', 'name', ['kubernetes.0', 'parser.1']],
  ['fluentbit_output', 'name', ['cloudwatch_logs.0']],
  ['grafana_', 'handler', ['/api/ds/query', '/api/dashboards/uid/:uid']],
  ['grafana_', 'endpoint', ['queryData']],
  ['upload_', 'endpoint', ['/upload']],
  ['upload_errors', 'type', ['parse_error', 'timeout']],
  ['rag_build_info', 'version', ['1.4.0']],
  ['rag_errors', 'type', ['timeout', 'rate_limited']],
  ['kube_pod_container_resource', 'resource', ['cpu', 'memory']],
  ['kube_node_status_', 'resource', ['cpu', 'memory', 'pods']],
  ['kube_resourcequota', 'resource', ['requests.cpu']],
  ['kube_node_status_condition', 'condition', ['Ready', 'DiskPressure', 'MemoryPressure', 'PIDPressure']],
  ['kube_pod_container_status_waiting', 'reason', ['CrashLoopBackOff']],
  ['kube_pod_container_status_terminated', 'reason', ['Completed']],
  ['kube_pod_container_status_last', 'reason', ['Completed', 'OOMKilled']],
  ['kube_deployment_status_condition', 'reason', ['MinimumReplicasAvailable']],
  ['pg_locks', 'mode', ['accesssharelock', 'rowexclusivelock']],
  ['workqueue_', 'name', ['job', 'garbage_collector']],
  ['aggregator_', 'name', ['v1.apps']],
  ['prometheus_http', 'handler', ['/api/v1/query_range', '/metrics']],
  ['container_', 'device', ['/dev/nvme0n1']],
  ['node_network', 'device', ['eth0']],
];

/** The unit of each resource that Kubernetes tells of. */
const RESOURCE_UNITS: Readonly<Record<string, string>> = { cpu: 'core', memory: 'byte', pods: 'integer' };

/**
 * The values of a metric's label in samples: all that the contract lists, or some that keep to its bound.
 */
export function labelValues(metric: string, label: string, spec: LabelSpec): readonly string[] {
  if (typeof spec !== 'string') return spec;
  const [, , own] = BY_METRIC.find(([start, name]) => name === label && metric.startsWith(start)) ?? [];
  const values = own ?? VALUES[label] ?? [`${label}-a`, `${label}-b`];
  if (spec === 'const' || spec === 'target') return values.slice(0, 1);
  return values.slice(0, Number(/\d+/.exec(spec)?.[0]));
}

/** True where label values do not contradict each other. */
export function isPossible(labels: Readonly<Record<string, string>>): boolean {
  const { resource = '', unit } = labels;
  const wanted = RESOURCE_UNITS[resource];
  return unit === undefined || wanted === undefined || unit === wanted;
}
