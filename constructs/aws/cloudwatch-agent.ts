import { Construct } from 'constructs';
import type { Component } from '../kubernetes/component';
import type { ContainerSettings } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';

/** What a {@link CloudWatchAgent} is made of. */
export interface CloudWatchAgentProps {
  readonly component: Component;
  readonly image: string;
  /** Annotations of the ServiceAccount, such as the IAM role. @default {} */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** The CloudWatch agent as a Deployment: it is called by the application and needs nothing of the host. */
export class CloudWatchAgent extends Construct {
  constructor(scope: Construct, id: string, props: CloudWatchAgentProps) {
    super(scope, id);
    new Workload(this, 'Workload', {
      component: props.component,
      controller: { kind: 'deployment' },
      container: container(props.image),
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
  }
}

function container(image: string): ContainerSettings {
  const alive = { path: 'tcp', port: 'emf' };
  return {
    image,
    env: [
      // Skips the search for the host by instance metadata, and takes credentials as the AWS SDK finds them: by IRSA
      // and by Pod Identity alike (translator/util/sdkutil.go of aws/amazon-cloudwatch-agent).
      { name: 'RUN_WITH_IRSA', value: 'True' },
      { name: 'AWS_EC2_METADATA_DISABLED', value: 'true' },
    ],
    resources: { cpuMillicores: 50, memoryMiB: 128, memoryLimitMiB: 256 },
    // The image has no user of its own.
    user: { uid: 10_001, gid: 10_001 },
    probes: { readiness: alive, liveness: { ...alive, initialDelaySeconds: 10 } },
    // It writes the translated configuration and its process id below its own directory.
    mounts: [
      { kind: 'scratch', name: 'etc', path: '/opt/aws/amazon-cloudwatch-agent/etc', sizeLimitMiB: 16 },
      { kind: 'scratch', name: 'var', path: '/opt/aws/amazon-cloudwatch-agent/var', sizeLimitMiB: 16 },
      { kind: 'scratch', name: 'tmp', path: '/tmp', sizeLimitMiB: 64 },
    ],
  };
}
