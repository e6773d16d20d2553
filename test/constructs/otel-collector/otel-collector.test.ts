import { parse } from 'yaml';
import { OtelCollector } from '../../../constructs/otel-collector/otel-collector';
import {
  otelCollectorComponent,
  type OtelCollectorOptions,
} from '../../../constructs/otel-collector/otel-collector-component';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf, synthResources } from '../../support/synth';

const SETTINGS = { replicas: 2, resources: { cpuMillicores: 100, memoryMiB: 250 } };

const WITH_VENDOR = {
  ...SETTINGS,
  vendors: {
    newRelic: { endpoint: 'https://otlp.nr-data.net', licenseKey: { name: 'vendors', key: 'new-relic' } },
  },
};

function component(overrides: Partial<OtelCollectorOptions> = {}) {
  return otelCollectorComponent({
    namespace: 'monitoring',
    applicationNamespaces: ['dev', 'prod'],
    network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] },
    settings: SETTINGS,
    jaeger: aComponent({ name: 'jaeger', ports: [{ name: 'otlp-grpc', number: 4317 }] }),
    ...overrides,
  });
}

function place(overrides: Partial<OtelCollectorOptions> = {}) {
  const stack = aStack();
  new OtelCollector(stack, 'Collector', {
    component: component(overrides),
    image: 'otel:0.158.0',
    settings: overrides.settings ?? SETTINGS,
    serviceAccountAnnotations: { role: 'x' },
  });
  return stack;
}

describe('otelCollectorComponent', () => {
  it('is called by the application and calls Jaeger', () => {
    const { ingress, egress, awsPermissions, permissions } = component();

    expect(ingress).toMatchObject([
      {
        peer: { kind: 'pods', namespaces: ['dev', 'prod'] },
        ports: [{ number: 4317 }, { number: 4318 }, { number: 9411 }],
      },
    ]);
    expect(egress).toMatchObject([
      { peer: { kind: 'component', name: 'jaeger', namespace: 'monitoring' }, ports: [{ number: 4317 }] },
    ]);
    expect(awsPermissions).toBeUndefined();
    expect(permissions).toBeUndefined();
  });

  it('may write spans, and nothing else, where there is X-Ray', () => {
    const { egress, awsPermissions } = component({ xray: { region: 'ap-southeast-2' } });

    expect(egress.map(({ why }) => why)).toStrictEqual([
      'Spans to Jaeger',
      'AWS endpoints',
      'EKS Pod Identity agent',
    ]);
    expect(awsPermissions).toStrictEqual([
      {
        sid: 'WriteSpans',
        actions: ['xray:PutSpans', 'xray:PutSpansForIndexing', 'xray:PutTraceSegments'],
        resources: ['*'],
      },
    ]);
  });

  it('reaches vendors and mounts their keys only where one is on', () => {
    const { egress, secrets } = component({ settings: WITH_VENDOR });

    expect(egress.map(({ why }) => why)).toStrictEqual(['Spans to Jaeger', 'Spans to vendors']);
    expect(secrets).toStrictEqual([{ name: 'vendors', key: 'new-relic' }]);
    expect(component().secrets).toStrictEqual([]);
  });

  it('writes YAML that reads back as it was meant', () => {
    const [config] = component().config;

    expect(config).toMatchObject({ mountPath: '/etc/otel-collector', reload: 'restart' });
    expect(parse(config?.files['config.yaml'] ?? '')).toMatchObject({
      exporters: { 'otlp_grpc/jaeger': { endpoint: 'jaeger.monitoring.svc:4317' } },
    });
  });

  it('shows metrics', () => {
    expect(component().metrics).toStrictEqual({ port: 'metrics' });
  });
});

describe('OtelCollector', () => {
  it('runs as many equal, hardened pods as asked and keeps one through a drain', () => {
    const stack = place();

    expect(resourcesOf(stack, 'kubernetes_deployment_v1')).toMatchObject([
      {
        spec: {
          replicas: '2',
          template: {
            spec: {
              automount_service_account_token: false,
              security_context: { run_as_user: '10001', run_as_non_root: true },
              container: [
                {
                  args: ['--config=/etc/otel-collector/config.yaml'],
                  env: [{ name: 'GOMEMLIMIT', value: '200MiB' }],
                  liveness_probe: { http_get: { path: '/', port: 'health' } },
                  readiness_probe: { http_get: { path: '/', port: 'health' } },
                },
              ],
            },
          },
        },
      },
    ]);
    expect(resourcesOf(stack, 'kubernetes_pod_disruption_budget_v1')).toHaveLength(1);
    expect(resourcesOf(stack, 'kubernetes_service_account_v1')).toMatchObject([
      { metadata: { annotations: { role: 'x' } } },
    ]);
  });

  it('hands references to secret files through Terraform untouched', () => {
    const resources = JSON.stringify(synthResources(place({ settings: WITH_VENDOR })));

    expect(resources).toContain('$${file:/etc/secrets/vendors/new-relic}');
  });
});
