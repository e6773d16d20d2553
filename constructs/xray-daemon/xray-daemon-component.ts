import type { ClusterNetwork } from '../../environments/environment';
import type { Component, IamStatement } from '../kubernetes/component';
import { awsEndpoints } from '../kubernetes/peers';

/** Port of the daemon: segments by UDP, questions about sampling by TCP. */
export const XRAY_PORT = 2000;

/** What {@link xrayDaemonComponent} is told. */
export interface XrayDaemonOptions {
  readonly namespace: string;
  /** Namespaces of the application, whose pods send segments. */
  readonly applicationNamespaces: readonly string[];
  readonly network: ClusterNetwork;
}

/**
 * The X-Ray daemon as the others see it. It has neither a configuration file nor metrics: what it drops, it tells in its
 * log and to X-Ray.
 */
export function xrayDaemonComponent(options: XrayDaemonOptions): Component {
  return {
    name: 'xray-daemon',
    namespace: options.namespace,
    ports: [
      { name: 'segments', number: XRAY_PORT, protocol: 'UDP' },
      { name: 'sampling', number: XRAY_PORT },
    ],
    config: [],
    secrets: [],
    egress: awsEndpoints(options.network),
    ingress: [
      {
        peer: { kind: 'pods', namespaces: options.applicationNamespaces },
        ports: [{ number: XRAY_PORT, protocol: 'UDP' }, { number: XRAY_PORT }],
        why: 'X-Ray SDK of the application',
      },
    ],
    awsPermissions: segmentWriting(),
  };
}

/**
 * The actions of AWSXRayDaemonWriteAccess, written out. X-Ray has no resource to scope them to
 * (docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
 */
function segmentWriting(): IamStatement[] {
  return [
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
  ];
}
