import { parse } from 'yaml';
import {
  fluentBitComponent,
  type FluentBitOptions,
} from '../../../constructs/fluent-bit/fluent-bit-component';

const GROUP = 'arn:aws:logs:ap-southeast-2:111122223333:log-group:/aws/eks/llmops-rag';
const PERMISSIONS = [
  { sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${GROUP}:*`] },
];

function component(overrides: Partial<FluentBitOptions> = {}) {
  return fluentBitComponent({
    pods: ['rag-api*'],
    applicationNamespaces: ['dev', 'staging'],
    namespace: 'monitoring-agents',
    network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] },
    settings: { retentionDays: 30, resources: { cpuMillicores: 50, memoryMiB: 128 } },
    ...overrides,
  });
}

const CLOUD_WATCH = {
  region: 'ap-southeast-2',
  logGroupName: '/aws/eks/llmops-rag',
  permissions: PERMISSIONS,
};

describe('fluentBitComponent', () => {
  it('may read single pods of the application namespaces, and nothing else', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

    expect(component().permissions).toStrictEqual({
      namespaced: [
        { namespace: 'dev', rules },
        { namespace: 'staging', rules },
      ],
    });
  });

  it('calls the API server only where there is no AWS, and has no role', () => {
    const { egress, awsPermissions } = component();

    expect(egress.map(({ why }) => why)).toStrictEqual(['Kubernetes API']);
    expect(awsPermissions).toBeUndefined();
  });

  it('reaches AWS with exactly the permissions it was given', () => {
    const { egress, awsPermissions } = component({ cloudWatch: CLOUD_WATCH });

    expect(egress.map(({ why }) => why)).toStrictEqual([
      'Kubernetes API',
      'AWS endpoints',
      'EKS Pod Identity agent',
    ]);
    expect(awsPermissions).toStrictEqual(PERMISSIONS);
  });

  it('carries both files in a directory whose change replaces the pods', () => {
    const { config, secrets } = component({ cloudWatch: CLOUD_WATCH });

    expect(config).toHaveLength(1);
    expect(config[0]).toMatchObject({ mountPath: '/etc/fluent-bit', reload: 'restart' });
    expect(Object.keys(config[0]?.files ?? {})).toStrictEqual(['fluent-bit.yaml', 'redact.lua']);
    expect(secrets).toStrictEqual([]);
  });

  it('writes YAML that reads back as it was meant', () => {
    const text = component({ cloudWatch: CLOUD_WATCH }).config[0]?.files['fluent-bit.yaml'] ?? '';

    expect(parse(text)).toMatchObject({
      service: { http_server: true },
      pipeline: { outputs: [{ name: 'cloudwatch_logs' }] },
    });
  });

  it('shows its metrics at the path of version 2', () => {
    expect(component().metrics).toStrictEqual({ port: 'http', path: '/api/v2/metrics/prometheus' });
    expect(component().ports).toStrictEqual([{ name: 'http', number: 2020 }]);
  });
});
