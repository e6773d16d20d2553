import { XrayDaemon } from '../../../constructs/xray-daemon/xray-daemon';
import { xrayDaemonComponent } from '../../../constructs/xray-daemon/xray-daemon-component';
import { xrayDaemonArgs } from '../../../constructs/xray-daemon/xray-daemon-config';
import { aStack, resourcesOf } from '../../support/synth';

const SETTINGS = { resources: { cpuMillicores: 50, memoryMiB: 128 } };

const COMPONENT = xrayDaemonComponent({
  namespace: 'monitoring',
  applicationNamespaces: ['dev', 'prod'],
  network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] },
});

function place() {
  const stack = aStack();
  new XrayDaemon(stack, 'Xray', {
    component: COMPONENT,
    image: 'xray:3.6.6',
    settings: SETTINGS,
    region: 'ap-southeast-2',
    serviceAccountAnnotations: { role: 'x' },
  });
  return stack;
}

describe('xrayDaemonArgs', () => {
  it('asks no instance metadata and keeps the buffer inside the memory limit', () => {
    expect(xrayDaemonArgs(SETTINGS, 'eu-west-1')).toStrictEqual([
      '--local-mode',
      '--region=eu-west-1',
      '--buffer-memory=32',
    ]);
    expect(
      xrayDaemonArgs({ resources: { ...SETTINGS.resources, memoryLimitMiB: 256 } }, 'eu-west-1'),
    ).toContain('--buffer-memory=64');
  });

  it('refuses a limit that leaves no room', () => {
    expect(() => xrayDaemonArgs({ resources: { cpuMillicores: 10, memoryMiB: 16 } }, 'eu-west-1')).toThrow(
      'xray.resources.memoryMiB: a memory limit of 16 MiB; allowed: 32 or more',
    );
  });
});

describe('xrayDaemonComponent', () => {
  it('may do what the daemon does, action by action', () => {
    expect(COMPONENT.awsPermissions).toStrictEqual([
      {
        sid: 'WriteSegments',
        actions: [
          'xray:GetSamplingRules',
          'xray:GetSamplingStatisticSummaries',
          'xray:GetSamplingTargets',
          'xray:PutTelemetryRecords',
          'xray:PutTraceSegments',
        ],
        resources: ['*'],
      },
    ]);
    expect(COMPONENT.permissions).toBeUndefined();
  });

  it('is reached by the pods of the application on both protocols, and reaches AWS only', () => {
    expect(COMPONENT.ingress).toMatchObject([
      {
        peer: { kind: 'pods', namespaces: ['dev', 'prod'] },
        ports: [{ number: 2000, protocol: 'UDP' }, { number: 2000 }],
      },
    ]);
    expect(COMPONENT.egress.map(({ why }) => why)).toStrictEqual(['AWS endpoints', 'EKS Pod Identity agent']);
  });

  it('has no metrics and no configuration file', () => {
    expect(COMPONENT).toMatchObject({ config: [], secrets: [] });
    expect(COMPONENT.metrics).toBeUndefined();
  });
});

describe('XrayDaemon', () => {
  it('keeps the traffic of a node on the node', () => {
    expect(resourcesOf(place(), 'kubernetes_service_v1')).toMatchObject([
      {
        spec: {
          internal_traffic_policy: 'Local',
          port: [
            { name: 'segments', port: 2000, protocol: 'UDP' },
            { name: 'sampling', port: 2000, protocol: 'TCP' },
          ],
        },
      },
    ]);
  });

  it('runs on every node as a numbered user without host access or token', () => {
    const [{ spec }] = resourcesOf(place(), 'kubernetes_daemon_set_v1') as [
      { spec: { template: { spec: Record<string, unknown> } } },
    ];

    expect(spec.template.spec).toMatchObject({
      automount_service_account_token: false,
      security_context: { run_as_user: '10001', run_as_non_root: true },
      toleration: [{ operator: 'Exists' }],
      volume: [],
      container: [
        {
          args: ['--local-mode', '--region=ap-southeast-2', '--buffer-memory=32'],
          env: [{ name: 'AWS_REGION', value: 'ap-southeast-2' }],
          liveness_probe: { tcp_socket: [{ port: 'sampling' }] },
          readiness_probe: { tcp_socket: [{ port: 'sampling' }] },
        },
      ],
    });
  });

  it('carries the annotations of its ServiceAccount', () => {
    expect(resourcesOf(place(), 'kubernetes_service_account_v1')).toMatchObject([
      { metadata: { annotations: { role: 'x' } } },
    ]);
  });
});
