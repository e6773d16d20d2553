import {
  renderCollectorConfig,
  type CollectorConfigOptions,
} from '../../../constructs/otel-collector/otel-collector-config';
import type { CollectorSettings } from '../../../environments/environment';
import { aComponent } from '../../support/component';

const SETTINGS: CollectorSettings = { replicas: 2, resources: { cpuMillicores: 100, memoryMiB: 250 } };

const JAEGER = aComponent({ name: 'jaeger', ports: [{ name: 'otlp-grpc', number: 4317 }] });

interface Rendered {
  readonly extensions: object;
  readonly exporters: Readonly<Record<string, unknown>>;
  readonly processors: {
    readonly redaction: { readonly blocked_key_patterns: string[]; readonly blocked_values: string[] };
    readonly 'transform/redaction': { readonly trace_statements: string[] };
  };
  readonly service: { readonly pipelines: { readonly traces: Record<string, string[]> } };
}

function render(overrides: Partial<CollectorConfigOptions> = {}): Rendered {
  return renderCollectorConfig({ settings: SETTINGS, jaeger: JAEGER, ...overrides }) as Rendered;
}

function withVendors(vendors: CollectorSettings['vendors']) {
  return { settings: { ...SETTINGS, vendors } };
}

/** The expressions as JavaScript reads them: RE2 with inline flags and \z is close enough to translate. */
function matches(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const [, flags = '', source = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(pattern) ?? [];
    return new RegExp(source.replaceAll(String.raw`\z`, '$'), `${flags}u`).test(text);
  });
}

describe('renderCollectorConfig', () => {
  it('receives OTLP and Zipkin on every address', () => {
    expect(render()).toMatchObject({
      receivers: {
        otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } },
        zipkin: { endpoint: '0.0.0.0:9411' },
      },
    });
  });

  it('guards its memory first and batches last', () => {
    expect(render().service.pipelines.traces).toMatchObject({
      receivers: ['otlp', 'zipkin'],
      processors: ['memory_limiter', 'redaction', 'transform/redaction', 'batch'],
    });
  });

  it('derives the memory limiter from the hard limit', () => {
    const limited = { ...SETTINGS, resources: { ...SETTINGS.resources, memoryLimitMiB: 1000 } };

    expect(render()).toMatchObject({
      processors: { memory_limiter: { limit_mib: 200, spike_limit_mib: 50 } },
    });
    expect(render({ settings: limited })).toMatchObject({
      processors: { memory_limiter: { limit_mib: 800, spike_limit_mib: 200 } },
    });
  });

  it('sends to Jaeger alone where there is no AWS and no vendor', () => {
    const { exporters, extensions, service } = render();

    expect(exporters).toMatchObject({
      'otlp_grpc/jaeger': {
        endpoint: 'jaeger.monitoring.svc:4317',
        tls: { insecure: true },
        sending_queue: { enabled: true, queue_size: 100 },
        retry_on_failure: { enabled: true },
      },
    });
    expect(service.pipelines.traces.exporters).toStrictEqual(['otlp_grpc/jaeger']);
    expect(Object.keys(extensions)).toStrictEqual(['health_check']);
  });

  it('signs what it sends to X-Ray in the region', () => {
    const config = render({ xray: { region: 'ap-southeast-2' } });

    expect(config).toMatchObject({
      extensions: { sigv4auth: { region: 'ap-southeast-2', service: 'xray' } },
      exporters: {
        'otlp_http/xray': {
          traces_endpoint: 'https://xray.ap-southeast-2.amazonaws.com/v1/traces',
          auth: { authenticator: 'sigv4auth' },
          compression: 'gzip',
        },
      },
      service: { extensions: ['health_check', 'sigv4auth'] },
    });
    expect(config.service.pipelines.traces.exporters).toStrictEqual(['otlp_grpc/jaeger', 'otlp_http/xray']);
  });

  it('finds X-Ray in another partition', () => {
    const { exporters } = render({ xray: { region: 'cn-north-1', dnsSuffix: 'amazonaws.com.cn' } });

    expect(exporters['otlp_http/xray']).toHaveProperty(
      'traces_endpoint',
      'https://xray.cn-north-1.amazonaws.com.cn/v1/traces',
    );
  });

  it('sends copies to the vendors that are on, with keys from files', () => {
    const { exporters, service } = render(
      withVendors({
        datadog: { site: 'datadoghq.eu', apiKey: { name: 'vendors', key: 'datadog' } },
        newRelic: { endpoint: 'https://otlp.nr-data.net', licenseKey: { name: 'vendors', key: 'new-relic' } },
        sentry: {
          url: 'https://sentry.io',
          organization: 'example',
          authToken: { name: 'vendors', key: 'sentry' },
        },
      }),
    );

    expect(exporters).toMatchObject({
      datadog: {
        api: { site: 'datadoghq.eu', key: '${file:/etc/secrets/vendors/datadog}' },
        host_metadata: { enabled: false },
      },
      'otlp_http/newrelic': {
        endpoint: 'https://otlp.nr-data.net',
        headers: { 'api-key': '${file:/etc/secrets/vendors/new-relic}' },
      },
      sentry: {
        url: 'https://sentry.io',
        org_slug: 'example',
        auth_token: '${file:/etc/secrets/vendors/sentry}',
      },
    });
    expect(service.pipelines.traces.exporters).toStrictEqual([
      'otlp_grpc/jaeger',
      'datadog',
      'otlp_http/newrelic',
      'sentry',
    ]);
  });

  it('tells of its health and shows its metrics under the names of Prometheus', () => {
    expect(render()).toMatchObject({
      extensions: { health_check: { endpoint: '0.0.0.0:13133' } },
      service: {
        telemetry: {
          metrics: {
            readers: [
              {
                pull: {
                  exporter: { prometheus: { host: '0.0.0.0', port: 8888, without_type_suffix: false } },
                },
              },
            ],
          },
        },
      },
    });
  });

  const secret = { name: 'vendors', key: 'key' };

  it.each<[Partial<CollectorConfigOptions>, string]>([
    [{ settings: { ...SETTINGS, replicas: 0 } }, 'collector.replicas: 0; allowed: a whole number from 1'],
    [
      { settings: { ...SETTINGS, resources: { cpuMillicores: 10, memoryMiB: 64 } } },
      'collector.resources.memoryMiB: a memory limit of 64 MiB; allowed: 128 or more',
    ],
    [
      withVendors({ datadog: { site: 'https://datadoghq.eu', apiKey: secret } }),
      'collector.vendors.datadog.site: "https://datadoghq.eu"; allowed: a Datadog site\'s host name',
    ],
    [
      withVendors({ newRelic: { endpoint: 'http://otlp.nr-data.net', licenseKey: secret } }),
      'collector.vendors.newRelic.endpoint: "http://otlp.nr-data.net"; allowed: an https URL without credentials',
    ],
    [
      withVendors({ sentry: { url: 'https://a:b@sentry.io', organization: 'x', authToken: secret } }),
      'collector.vendors.sentry.url: a URL with a password; allowed: an https URL without credentials',
    ],
  ])('refuses %j', (overrides, message) => {
    expect(() => render(overrides)).toThrow(message);
  });
});

describe('redaction of spans', () => {
  const { redaction } = render().processors;

  it.each([
    'gen_ai.prompt',
    'gen_ai.prompt.0.content',
    'gen_ai.completion.0.content',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.call.arguments',
    'gen_ai.retrieval.query.text',
    'input.value',
    'llm.input_messages.0.message.content',
    'retrieval.documents.0.document.content',
    'traceloop.entity.output',
    'rag.question',
    'http.request.header.authorization',
    'http.request.header.x-api-key',
    'db.password',
    'aws_secret_access_key',
    'session_token',
  ])('masks the attribute %s', (key) => {
    expect(matches(redaction.blocked_key_patterns, key)).toBe(true);
  });

  it.each([
    'gen_ai.prompt.name',
    'gen_ai.request.model',
    'gen_ai.usage.input_tokens',
    'gen_ai.tool.name',
    'rag.query.domain',
    'http.route',
    'time_to_first_token',
    'retrieval.documents_count',
  ])('keeps the attribute %s', (key) => {
    expect(matches(redaction.blocked_key_patterns, key)).toBe(false);
  });

  it.each([
    'mail to jane.doe+x@example.co.uk now',
    'müller@exämple.de',
    'key sk-proj-abcdefghijklmnop1234',
    'AKIAIOSFODNN7EXAMPLE',
    'Authorization: Bearer abcdef123456',
    'postgres://rag:hunter2@db/rag',
    'https://example.com/?api_key=abc',
    '{"password": "hunter2"}',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
    'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
  ])('finds what is sensitive in %j', (text) => {
    expect(matches(redaction.blocked_values, text)).toBe(true);
  });

  it.each([
    'SELECT id FROM documents WHERE tokens = 512',
    'time_to_first_token=0.31',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    'https://example.com/a@b',
    'a task-force-with-a-very-long-name',
    'https://example.com:8080/users/42',
  ])('finds nothing in %j', (text) => {
    expect(matches(redaction.blocked_values, text)).toBe(false);
  });

  it('looks into status messages and names as well, which the redaction processor does not read', () => {
    const statements = render().processors['transform/redaction'].trace_statements;

    for (const pattern of redaction.blocked_values) {
      for (const field of ['span.status.message', 'span.name', 'spanevent.name']) {
        expect(statements).toContain(`replace_pattern(${field}, ${JSON.stringify(pattern)}, "****")`);
      }
    }
  });

  it('holds nothing that the Collector would expand', () => {
    const { redaction, 'transform/redaction': transform } = render().processors;

    expect(JSON.stringify([redaction, transform])).not.toMatch(/\$\{|\$\$/);
  });
});
