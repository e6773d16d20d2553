import { Construct } from 'constructs';
import type { XraySettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import type { ContainerSettings } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { xrayDaemonArgs } from './xray-daemon-config';

/** What an {@link XrayDaemon} is made of. */
export interface XrayDaemonProps {
  /** From {@link xrayDaemonComponent}. */
  readonly component: Component;
  readonly image: string;
  readonly settings: XraySettings;
  /** Region that segments go to. */
  readonly region: string;
  /**
   * Place of the settings, for errors.
   * @default 'xray'
   */
  readonly where?: string;
  /**
   * Annotations of the ServiceAccount, such as its IAM role.
   * @default {}
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** The X-Ray daemon on every node, for applications with the X-Ray SDK; new ones send OTLP to the Collector. */
export class XrayDaemon extends Construct {
  constructor(scope: Construct, id: string, props: XrayDaemonProps) {
    super(scope, id);
    new Workload(this, 'Workload', {
      component: props.component,
      controller: { kind: 'daemon-set' },
      container: container(props),
      // Segments are UDP: a daemon on the sender's own node loses the fewest, and answers for that node's pods only.
      service: { nodeLocal: true },
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
  }
}

function container({ image, settings, region, where }: XrayDaemonProps): ContainerSettings {
  return {
    image,
    args: xrayDaemonArgs(settings, region, where),
    env: [{ name: 'AWS_REGION', value: region }],
    resources: settings.resources,
    // "xray" of the image, by number: the kubelet cannot tell that a name is not root.
    user: { uid: 10_001, gid: 10_001 },
    probes: {
      liveness: { path: 'tcp', port: 'sampling', periodSeconds: 30, failureThreshold: 5 },
      readiness: { path: 'tcp', port: 'sampling' },
    },
  };
}
