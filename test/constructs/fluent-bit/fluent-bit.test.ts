import { FluentBit, hostStateDirectory } from '../../../constructs/fluent-bit/fluent-bit';
import { fluentBitComponent } from '../../../constructs/fluent-bit/fluent-bit-component';
import { aStack, resourcesOf } from '../../support/synth';

const SETTINGS = { retentionDays: 30, resources: { cpuMillicores: 50, memoryMiB: 128 } };

function daemonSet() {
  const stack = aStack();
  new FluentBit(stack, 'FluentBit', {
    component: fluentBitComponent({
      pods: ['rag-api*'],
      applicationNamespaces: ['dev'],
      namespace: 'monitoring-agents',
      network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] },
      settings: SETTINGS,
    }),
    image: 'fluent-bit:5.1.1',
    settings: SETTINGS,
    serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/x' },
  });
  const [resource] = resourcesOf(stack, 'kubernetes_daemon_set_v1') as [
    { spec: { template: { metadata: { annotations: object }; spec: Record<string, unknown> } } },
  ];
  return { stack, template: resource.spec.template };
}

describe('FluentBit', () => {
  it("is root without any capability, for the log files are root's", () => {
    expect(daemonSet().template.spec).toMatchObject({
      automount_service_account_token: true,
      security_context: {
        run_as_user: '0',
        run_as_non_root: false,
        seccomp_profile: { type: 'RuntimeDefault' },
      },
      container: [
        {
          image: 'fluent-bit:5.1.1',
          command: ['/fluent-bit/bin/fluent-bit'],
          args: ['--config=/etc/fluent-bit/fluent-bit.yaml'],
          security_context: {
            allow_privilege_escalation: false,
            privileged: false,
            read_only_root_filesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
  });

  it('reads the logs of the node and writes to a directory of its own namespace only', () => {
    expect(daemonSet().template.spec).toMatchObject({
      volume: [
        { name: 'config' },
        { name: 'logs', host_path: { path: '/var/log', type: 'Directory' } },
        {
          name: 'state',
          host_path: { path: '/var/lib/fluent-bit-monitoring-agents', type: 'DirectoryOrCreate' },
        },
      ],
      container: [
        {
          volume_mount: [
            { mount_path: '/etc/fluent-bit', read_only: true },
            { mount_path: '/var/log', read_only: true },
            { mount_path: '/var/lib/fluent-bit', read_only: false },
          ],
        },
      ],
    });
    expect(hostStateDirectory({ namespace: 'other' })).toBe('/var/lib/fluent-bit-other');
  });

  it('is restarted when it hangs and unready when its sink is down', () => {
    expect(daemonSet().template.spec).toMatchObject({
      container: [
        {
          liveness_probe: { http_get: { path: '/api/v1/uptime', port: 'http' } },
          readiness_probe: { http_get: { path: '/api/v2/health', port: 'http' } },
        },
      ],
    });
  });

  it('is replaced when its configuration changes, and carries its role', () => {
    const { stack, template } = daemonSet();

    expect(template.metadata.annotations).toHaveProperty(['checksum/config']);
    expect(resourcesOf(stack, 'kubernetes_service_account_v1')).toMatchObject([
      { metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/x' } } },
    ]);
  });
});
