import { renderJaegerConfig } from '../../../constructs/jaeger/jaeger-config';
import { clusterPorts } from '../../../constructs/jaeger/jaeger-storage';
import type { JaegerSettings } from '../../../environments/environment';

const RESOURCES = { cpuMillicores: 100, memoryMiB: 512 };

const CLUSTER = {
  kind: 'opensearch' as const,
  urls: ['https://search.example.org:9200', 'https://search-2.example.org'],
  username: 'jaeger',
  password: { name: 'jaeger-storage', key: 'password' },
  cidrs: ['10.1.0.0/24'],
};

function backend(storage: JaegerSettings['storage']) {
  const config = renderJaegerConfig({ storage, resources: RESOURCES }) as {
    extensions: { jaeger_storage: { backends: object } };
  };
  return config.extensions.jaeger_storage.backends;
}

describe('renderJaegerConfig', () => {
  it('receives OTLP, stores what it receives and answers from the same store', () => {
    expect(renderJaegerConfig({ storage: { kind: 'memory' }, resources: RESOURCES })).toMatchObject({
      extensions: {
        jaeger_query: {
          storage: { traces: 'spans' },
          http: { endpoint: '0.0.0.0:16686' },
          enable_tracing: false,
        },
        healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
      },
      receivers: {
        otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } },
      },
      exporters: { jaeger_storage_exporter: { trace_storage: 'spans' } },
      service: {
        extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
        pipelines: {
          traces: {
            receivers: ['otlp'],
            processors: ['memory_limiter', 'batch'],
            exporters: ['jaeger_storage_exporter'],
          },
        },
      },
    });
  });

  it('shows its metrics on every address under the names of Prometheus', () => {
    expect(renderJaegerConfig({ storage: { kind: 'memory' }, resources: RESOURCES })).toMatchObject({
      service: {
        telemetry: {
          metrics: {
            readers: [
              {
                pull: {
                  exporter: {
                    prometheus: {
                      host: '0.0.0.0',
                      port: 8888,
                      without_type_suffix: false,
                      without_units: false,
                    },
                  },
                },
              },
            ],
          },
        },
      },
    });
  });

  it('refuses spans before the memory limit is reached', () => {
    const limiter = (resources: JaegerSettings['resources']) =>
      renderJaegerConfig({ storage: { kind: 'memory' }, resources });

    expect(limiter(RESOURCES)).toMatchObject({
      processors: { memory_limiter: { limit_mib: 409, spike_limit_mib: 102 } },
    });
    expect(limiter({ ...RESOURCES, memoryLimitMiB: 1000 })).toMatchObject({
      processors: { memory_limiter: { limit_mib: 800, spike_limit_mib: 200 } },
    });
  });

  it('keeps fifty thousand traces in memory, or as many as are asked', () => {
    expect(backend({ kind: 'memory' })).toStrictEqual({ spans: { memory: { max_traces: 50_000 } } });
    expect(backend({ kind: 'memory', maxTraces: 10 })).toStrictEqual({
      spans: { memory: { max_traces: 10 } },
    });
  });

  it('keeps spans on the volume for the days of the environment', () => {
    const volume = { sizeGiB: 10, storageClass: 'gp3' };

    expect(backend({ kind: 'badger', retentionDays: 7, volume })).toStrictEqual({
      spans: {
        badger: {
          ephemeral: false,
          directories: { keys: '/var/lib/jaeger/keys', values: '/var/lib/jaeger/values' },
          ttl: { spans: '168h' },
        },
      },
    });
  });

  it.each(['elasticsearch', 'opensearch'] as const)('signs in to %s with a password from a file', (kind) => {
    expect(backend({ ...CLUSTER, kind })).toStrictEqual({
      spans: {
        [kind]: {
          server_urls: CLUSTER.urls,
          auth: {
            basic: {
              username: 'jaeger',
              password_file: '/etc/secrets/jaeger-storage/password',
              reload_interval: '1m',
            },
          },
        },
      },
    });
  });

  it.each<[JaegerSettings['storage'], string]>([
    [{ kind: 'memory', maxTraces: 0 }, 'jaeger.storage.maxTraces: 0; allowed: a whole number from 1'],
    [
      { kind: 'badger', retentionDays: 0.5, volume: { sizeGiB: 1, storageClass: 'gp3' } },
      'jaeger.storage.retentionDays: 0.5; allowed: a whole number from 1',
    ],
    [{ ...CLUSTER, urls: [] }, 'jaeger.storage.urls: no URL; allowed: at least one'],
    [
      { ...CLUSTER, urls: ['search:9200'] },
      'jaeger.storage.urls[0]: "search:9200"; allowed: an http or https URL without credentials',
    ],
    [{ ...CLUSTER, urls: ['https://a:b@search:9200'] }, 'jaeger.storage.urls[0]: a URL with a password;'],
  ])('refuses %j', (storage, message) => {
    expect(() => backend(storage)).toThrow(message);
  });

  it('never repeats a password that was put into a URL', () => {
    expect(() => backend({ ...CLUSTER, urls: ['https://a:hunter2@search:9200'] })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }) as Error,
    );
  });

  it('refuses a memory limit under which nothing is received', () => {
    expect(() =>
      renderJaegerConfig({ storage: { kind: 'memory' }, resources: { cpuMillicores: 10, memoryMiB: 64 } }),
    ).toThrow('jaeger.resources.memoryMiB: a memory limit of 64 MiB; allowed: 128 or more');
  });
});

describe('clusterPorts', () => {
  it('takes the port of each URL once, and what the scheme implies', () => {
    expect(clusterPorts(CLUSTER, 'jaeger.storage')).toStrictEqual([9200, 443]);
    expect(clusterPorts({ ...CLUSTER, urls: ['http://a', 'http://b'] }, 'jaeger.storage')).toStrictEqual([
      80,
    ]);
  });
});
