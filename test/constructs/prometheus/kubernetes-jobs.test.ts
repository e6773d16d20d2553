import { apiServerTargets, cAdvisor, kubelet } from '../../../constructs/prometheus/kubernetes-jobs';
import { lasting, relabel, type Labels } from './relabel';

const network = { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.1.0/24'] };
const node = {
  __address__: '10.0.0.9:10250',
  __metrics_path__: '/metrics/cadvisor',
  instance: 'node-1',
  __meta_kubernetes_node_name: 'node-1',
  __meta_kubernetes_node_label_topology_kubernetes_io_zone: 'ap-southeast-2a',
  __meta_kubernetes_node_label_node_kubernetes_io_instance_type: 'm7i.large',
  __meta_kubernetes_node_label_kubernetes_io_arch: 'amd64',
};

describe.each([
  ['kubelet', kubelet, '/metrics'],
  ['cadvisor', cAdvisor, '/metrics/cadvisor'],
] as const)('the job %s', (name, factory, path) => {
  const job = factory({ network });

  it('asks each node over https, with the pod token and the cluster authority', () => {
    expect(job).toMatchObject({ name, kind: name, selects: { kind: 'nodes' } });
    expect(job.config).toMatchObject({
      job_name: name,
      scheme: 'https',
      metrics_path: path,
      authorization: { credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
      tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
      kubernetes_sd_configs: [{ role: 'node' }],
    });
  });

  it('verifies certificates unless it is told that kubelets sign their own', () => {
    expect(job.config.tls_config).not.toHaveProperty('insecure_skip_verify');
    expect(factory({ network, skipVerify: true }).config.tls_config).toEqual({ insecure_skip_verify: true });
  });

  it('labels series with the node and what sort of node it is, and no other label of it', () => {
    expect(lasting(relabel(job.config.relabel_configs, node))).toEqual({
      instance: 'node-1',
      node: 'node-1',
      metrics_path: '/metrics/cadvisor',
      topology_kubernetes_io_zone: 'ap-southeast-2a',
      node_kubernetes_io_instance_type: 'm7i.large',
    });
    expect(job.targetLabels).toEqual([
      'job',
      'instance',
      'node',
      'metrics_path',
      'topology_kubernetes_io_zone',
      'node_kubernetes_io_instance_type',
      'eks_amazonaws_com_nodegroup',
      'karpenter_sh_nodepool',
    ]);
  });

  it('reaches the kubelet port of the nodes', () => {
    expect(job.reaches).toEqual([
      {
        peer: { kind: 'cidrs', cidrs: ['10.0.0.0/16'] },
        ports: [{ number: 10_250 }],
        why: 'metrics of kubelets',
      },
    ]);
  });
});

describe('cAdvisor', () => {
  const { config } = cAdvisor({ network });
  const sample = (labels: Labels) => relabel(config.metric_relabel_configs, labels);

  it('forgets a container as soon as it is gone', () => {
    expect(config.track_timestamps_staleness).toBe(true);
  });

  it.each<Labels>([
    { __name__: 'container_cpu_usage_seconds_total' },
    { __name__: 'container_cpu_cfs_throttled_periods_total' },
    { __name__: 'container_cpu_cfs_periods_total' },
    { __name__: 'container_memory_working_set_bytes' },
    { __name__: 'container_network_receive_bytes_total', interface: 'eth0' },
    { __name__: 'container_memory_failures_total', scope: 'container' },
  ])('keeps %j of a pod', (labels) => {
    expect(sample({ id: '/kubepods/a', pod: 'rag-api-1', ...labels })).toBeDefined();
  });

  it.each<Labels>([
    { __name__: 'container_cpu_user_seconds_total' },
    { __name__: 'container_fs_io_current' },
    { __name__: 'container_memory_mapped_file' },
    { __name__: 'container_tasks_state' },
    { __name__: 'container_spec_memory_limit_bytes' },
    { __name__: 'container_network_receive_bytes_total', interface: 'cali123' },
    { __name__: 'container_memory_failures_total', scope: 'hierarchy' },
  ])('drops %j', (labels) => {
    expect(sample({ id: '/kubepods/a', pod: 'rag-api-1', ...labels })).toBeUndefined();
  });

  it('drops control groups that belong to no pod', () => {
    expect(
      sample({ __name__: 'container_cpu_usage_seconds_total', id: '/system.slice', pod: '' }),
    ).toBeUndefined();
  });
});

describe('kubelet', () => {
  const { config } = kubelet({ network });

  it.each(['25', '25.0', '0.25'])(
    'drops the bucket le="%s" of storage operations, as either exposition writes it',
    (le) => {
      const bucket = { __name__: 'storage_operation_duration_seconds_bucket', le };
      expect(relabel(config.metric_relabel_configs, bucket)).toBeUndefined();
    },
  );

  it('keeps the other buckets, and everything else', () => {
    const bucket = { __name__: 'storage_operation_duration_seconds_bucket', le: '5.0' };
    expect(relabel(config.metric_relabel_configs, bucket)).toBeDefined();
    expect(relabel(config.metric_relabel_configs, { __name__: 'kubelet_running_pods' })).toBeDefined();
  });
});

describe('apiServerTargets', () => {
  const job = apiServerTargets(network);
  const endpoint = {
    __address__: '10.0.1.4:443',
    __meta_kubernetes_namespace: 'default',
    __meta_kubernetes_service_name: 'kubernetes',
    __meta_kubernetes_endpointslice_port_name: 'https',
  };

  it('finds the servers behind the Service kubernetes', () => {
    expect(job.config.kubernetes_sd_configs).toEqual([
      { role: 'endpointslice', namespaces: { names: ['default'] } },
    ]);
    expect(lasting(relabel(job.config.relabel_configs, endpoint))).toEqual({ namespace: 'default' });
    expect(
      relabel(job.config.relabel_configs, { ...endpoint, __meta_kubernetes_service_name: 'web' }),
    ).toBeUndefined();
    expect(
      relabel(job.config.relabel_configs, { ...endpoint, __meta_kubernetes_endpointslice_port_name: 'http' }),
    ).toBeUndefined();
  });

  it('verifies the name that the certificate carries', () => {
    expect(job.config).toMatchObject({
      scheme: 'https',
      authorization: { credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
      tls_config: {
        ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
        server_name: 'kubernetes.default.svc',
      },
    });
  });

  it('drops most latency buckets and keeps those that objectives use', () => {
    const bucket = (le: string) =>
      relabel(job.config.metric_relabel_configs, {
        __name__: 'apiserver_request_duration_seconds_bucket',
        le,
      });
    expect(bucket('0.45')).toBeUndefined();
    expect(bucket('15.0')).toBeUndefined();
    expect(bucket('1.0')).toBeDefined();
    expect(bucket('30.0')).toBeDefined();
    expect(bucket('+Inf')).toBeDefined();
  });

  it('reaches the API server where the environment says it is', () => {
    expect(job.reaches).toEqual([
      { peer: { kind: 'cidrs', cidrs: ['10.0.1.0/24'] }, ports: [{ number: 443 }], why: 'Kubernetes API' },
    ]);
    expect(apiServerTargets({ ...network, apiServerPort: 6443 }).reaches[0]?.ports).toEqual([
      { number: 6443 },
    ]);
  });
});
