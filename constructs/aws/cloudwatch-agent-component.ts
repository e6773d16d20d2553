import type { ClusterNetwork } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import { awsEndpoints } from '../kubernetes/peers';
import type { AwsModel } from './aws-model';
import { logWriting } from './permissions';

/** Port at which applications hand in metrics in embedded metric format, by TCP or UDP. */
const EMF_PORT = 25_888;

/**
 * The agent's configuration: it listens for metrics in embedded metric format (EMF) on its default port and does no
 * more. node-exporter, cAdvisor and kube-state-metrics tell Prometheus what Container Insights would tell CloudWatch at
 * a price per metric; StatsD would add the dimension `metric_type` to each metric, so that an alarm on `QueryCost`
 * without dimensions would never see it.
 *
 * An application names the log group in `_aws.LogGroupName`; any other group is refused by the agent's role.
 */
export function renderCloudWatchAgentConfig(region: string): object {
  return {
    agent: { region },
    logs: {
      metrics_collected: { emf: {} },
      log_stream_name: 'emf/{hostname}',
      force_flush_interval: 5,
    },
  };
}

/** What {@link cloudWatchAgentComponent} is told. */
export interface CloudWatchAgentOptions {
  readonly model: AwsModel;
  readonly namespace: string;
  readonly network: ClusterNetwork;
  /** Namespaces whose pods may hand in metrics. */
  readonly applicationNamespaces: readonly string[];
}

/** The CloudWatch agent as the other components see it. */
export function cloudWatchAgentComponent(options: CloudWatchAgentOptions): Component {
  return {
    name: 'cloudwatch-agent',
    namespace: options.namespace,
    ports: [
      { name: 'emf', number: EMF_PORT },
      { name: 'emf-udp', number: EMF_PORT, protocol: 'UDP' },
    ],
    config: [
      {
        name: 'config',
        // The one directory that the agent's image reads (tool/paths/paths_unix.go of aws/amazon-cloudwatch-agent).
        mountPath: '/etc/cwagentconfig',
        files: {
          'cwagentconfig.json': JSON.stringify(renderCloudWatchAgentConfig(options.model.region), null, 2),
        },
        reload: 'restart',
      },
    ],
    secrets: [],
    egress: awsEndpoints(options.network),
    ingress: [
      {
        peer: { kind: 'pods', namespaces: options.applicationNamespaces },
        ports: [{ number: EMF_PORT }, { number: EMF_PORT, protocol: 'UDP' }],
        why: 'metrics in embedded metric format',
      },
    ],
    awsPermissions: logWriting(options.model),
  };
}
