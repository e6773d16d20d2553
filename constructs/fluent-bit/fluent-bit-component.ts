import type { ClusterNetwork } from '../../environments/environment';
import type { Component, IamStatement } from '../kubernetes/component';
import { apiServer, awsEndpoints } from '../kubernetes/peers';
import { renderYaml } from '../kubernetes/render-yaml';
import {
  FLUENT_BIT_CONFIG_DIRECTORY,
  FLUENT_BIT_HTTP_PORT,
  REDACTION_SCRIPT,
  redactionScript,
  renderFluentBitConfig,
  type CloudWatchLogs,
  type FluentBitConfigOptions,
} from './fluent-bit-config';

/** What {@link fluentBitComponent} is told. */
export interface FluentBitOptions extends Omit<FluentBitConfigOptions, 'cloudWatch'> {
  /** Namespace for programs that read the host. */
  readonly namespace: string;
  readonly network: ClusterNetwork;
  /**
   * The log group, and what it takes to write to it.
   * @default - logs go to Fluent Bit's own standard output
   */
  readonly cloudWatch?: CloudWatchLogs & { readonly permissions: readonly IamStatement[] };
}

/** Fluent Bit on each node as the others see it. */
export function fluentBitComponent(options: FluentBitOptions): Component {
  const { cloudWatch, network } = options;
  return {
    name: 'fluent-bit',
    namespace: options.namespace,
    ports: [{ name: 'http', number: FLUENT_BIT_HTTP_PORT }],
    config: [
      {
        name: 'config',
        mountPath: FLUENT_BIT_CONFIG_DIRECTORY,
        files: {
          'fluent-bit.yaml': renderYaml(renderFluentBitConfig(options)),
          [REDACTION_SCRIPT]: redactionScript(),
        },
        reload: 'restart',
      },
    ],
    secrets: [],
    egress: [apiServer(network), ...(cloudWatch === undefined ? [] : awsEndpoints(network))],
    ingress: [],
    permissions: {
      // All that the kubernetes filter asks for. At start it also looks at its own pod, to test the way; that is refused
      // and logged as "could not get meta for POD", and does no harm.
      namespaced: options.applicationNamespaces.map((namespace) => ({
        namespace,
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      })),
    },
    awsPermissions: cloudWatch?.permissions,
    metrics: { port: 'http', path: '/api/v2/metrics/prometheus' },
  };
}
