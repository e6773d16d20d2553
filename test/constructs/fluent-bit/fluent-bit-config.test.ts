import {
  redactionScript,
  renderFluentBitConfig,
  type FluentBitConfigOptions,
} from '../../../constructs/fluent-bit/fluent-bit-config';

const CLOUD_WATCH = { region: 'ap-southeast-2', logGroupName: '/aws/eks/llmops-rag' };

interface Rendered {
  readonly service: Record<string, unknown>;
  readonly pipeline: Record<'inputs' | 'filters' | 'outputs', readonly Record<string, unknown>[]>;
}

function render(overrides: Partial<FluentBitConfigOptions> = {}): Rendered {
  return renderFluentBitConfig({
    pods: ['rag-api*'],
    applicationNamespaces: ['dev', 'staging'],
    settings: { retentionDays: 30, resources: { cpuMillicores: 50, memoryMiB: 128 } },
    ...overrides,
  }) as Rendered;
}

function withMemory(memoryMiB: number, memoryLimitMiB?: number, bufferMiB?: number) {
  return {
    settings: { retentionDays: 30, bufferMiB, resources: { cpuMillicores: 50, memoryMiB, memoryLimitMiB } },
  };
}

describe('renderFluentBitConfig', () => {
  it('reads the containers of the named application in its namespaces only', () => {
    const [tail] = render().pipeline.inputs;

    expect(tail).toMatchObject({
      name: 'tail',
      tag: 'kube.*',
      path: '/var/log/containers/rag-api*_dev_*.log,/var/log/containers/rag-api*_staging_*.log',
    });
  });

  it('takes another pattern over pod names', () => {
    const [tail] = render({ pods: ['rag-worker-*'], applicationNamespaces: ['prod'] }).pipeline.inputs;

    expect(tail).toHaveProperty('path', '/var/log/containers/rag-worker-*_prod_*.log');
  });

  it('joins lines that containerd split, keeps its place, and never gives a file up', () => {
    const [tail] = render().pipeline.inputs;

    expect(tail).toMatchObject({
      'multiline.parser': 'cri',
      db: '/var/lib/fluent-bit/positions.db',
      'storage.type': 'filesystem',
      skip_long_lines: true,
      read_from_head: true,
    });
    expect(tail).not.toHaveProperty('parser');
  });

  it('serves health and metrics, and no reload', () => {
    expect(render().service).toMatchObject({
      http_server: true,
      http_port: 2020,
      health_check: true,
      hot_reload: false,
      'storage.path': '/var/lib/fluent-bit/storage',
    });
  });

  it('bounds what it holds in memory by its memory limit', () => {
    expect(render(withMemory(128)).service).toMatchObject({
      'storage.max_chunks_up': 16,
      'storage.backlog.mem_limit': '16M',
    });
    expect(render(withMemory(128, 512)).service).toMatchObject({
      'storage.max_chunks_up': 64,
      'storage.backlog.mem_limit': '64M',
    });
  });

  it('drops fields of the runtime before JSON is lifted out of the line, and redacts last', () => {
    const filters = render().pipeline.filters;

    expect(filters.map(({ name }) => name)).toStrictEqual(['record_modifier', 'kubernetes', 'lua']);
    expect(filters[0]).toHaveProperty('remove_key', ['time', '_p']);
    expect(filters[1]).toMatchObject({ merge_log: true, keep_log: false, 'k8s-logging.exclude': true });
    expect(filters[2]).toMatchObject({
      script: '/etc/fluent-bit/redact.lua',
      call: 'redact',
      enable_flb_null: true,
    });
  });

  it('asks the API for pods only, over TLS with the name checked', () => {
    const kubernetes = render().pipeline.filters[1];

    expect(kubernetes).toMatchObject({
      labels: false,
      annotations: false,
      'tls.verify': true,
      'tls.verify_hostname': true,
    });
    for (const option of ['use_kubelet', 'namespace_labels', 'namespace_annotations']) {
      expect(kubernetes).not.toHaveProperty(option);
    }
  });

  it('prints where there is no AWS', () => {
    expect(render().pipeline.outputs).toStrictEqual([
      { name: 'stdout', alias: 'sink', match: 'kube.*', format: 'json_lines' },
    ]);
  });

  it('sends to a stream a container in a log group that it does not create', () => {
    const [output] = render({ cloudWatch: CLOUD_WATCH }).pipeline.outputs;

    expect(output).toMatchObject({
      name: 'cloudwatch_logs',
      region: 'ap-southeast-2',
      log_group_name: '/aws/eks/llmops-rag',
      log_stream_template:
        "$kubernetes['pod_name'].$kubernetes['namespace_name'].$kubernetes['container_name']",
      log_stream_prefix: 'unknown-',
      auto_create_group: false,
      log_format: 'json/emf',
    });
  });

  it('retries until the buffer of half a gigabyte is full, or what the environment says', () => {
    const bounds = (overrides: Partial<FluentBitConfigOptions>) =>
      render({ cloudWatch: CLOUD_WATCH, ...overrides }).pipeline.outputs[0];

    expect(bounds({})).toMatchObject({ retry_limit: 'no_limits', 'storage.total_limit_size': '512M' });
    expect(bounds(withMemory(128, undefined, 2048))).toHaveProperty(['storage.total_limit_size'], '2048M');
  });

  it.each([
    [{ applicationNamespaces: [] }, 'namespaces.application: no namespace; allowed: at least one'],
    [{ pods: ['rag,/etc/*'] }, 'applications.logContainers: "rag,/etc/*"; allowed: lower case letters'],
    [withMemory(32), 'logs.resources.memoryMiB: a memory limit of 32 MiB; allowed: 64 or more'],
    [withMemory(128, undefined, 8), 'logs.bufferMiB: 8; allowed: 16 or more'],
    [{ ...withMemory(32), where: 'prod' }, 'prod.logs.resources.memoryMiB: '],
  ])('refuses %j', (overrides, message) => {
    expect(() => render(overrides)).toThrow(message);
  });
});

describe('redactionScript', () => {
  it('defines the function that the filter calls', () => {
    expect(redactionScript()).toMatch(/^function redact\(/m);
  });
});
