import { CloudWatchAgent } from '../../../constructs/aws/cloudwatch-agent';
import {
  cloudWatchAgentComponent,
  renderCloudWatchAgentConfig,
} from '../../../constructs/aws/cloudwatch-agent-component';
import { aStack, resourcesOf } from '../../support/synth';
import { aModel } from './model';

const component = cloudWatchAgentComponent({
  model: aModel(),
  namespace: 'agents',
  network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] },
  applicationNamespaces: ['prod'],
});

describe('the CloudWatch agent', () => {
  it('takes metrics in embedded format and nothing else', () => {
    expect(renderCloudWatchAgentConfig('eu-west-1')).toEqual({
      agent: { region: 'eu-west-1' },
      logs: {
        metrics_collected: { emf: {} },
        log_stream_name: 'emf/{hostname}',
        force_flush_interval: 5,
      },
    });
  });

  it('may write to the one log group, and put no metric by itself', () => {
    expect(component.awsPermissions?.flatMap(({ actions }) => actions)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  it('lets the application in, by TCP and UDP', () => {
    expect(component.ingress).toEqual([
      {
        peer: { kind: 'pods', namespaces: ['prod'] },
        ports: [{ number: 25888 }, { number: 25888, protocol: 'UDP' }],
        why: 'metrics in embedded metric format',
      },
    ]);
  });

  it('runs as a Deployment without rights, writing only where it must', () => {
    const stack = aStack();
    new CloudWatchAgent(stack, 'Agent', { component, image: 'agent:1' });
    const [deployment] = resourcesOf(stack, 'kubernetes_deployment_v1');
    expect(deployment).toMatchObject({
      spec: {
        template: {
          spec: {
            security_context: { run_as_non_root: true, run_as_user: '10001' },
            container: [
              {
                env: [
                  { name: 'RUN_WITH_IRSA', value: 'True' },
                  { name: 'AWS_EC2_METADATA_DISABLED', value: 'true' },
                ],
                security_context: { read_only_root_filesystem: true },
                volume_mount: [
                  { mount_path: '/etc/cwagentconfig', read_only: true },
                  { mount_path: '/opt/aws/amazon-cloudwatch-agent/etc', read_only: false },
                  { mount_path: '/opt/aws/amazon-cloudwatch-agent/var', read_only: false },
                  { mount_path: '/tmp', read_only: false },
                ],
              },
            ],
          },
        },
      },
    });
  });
});
