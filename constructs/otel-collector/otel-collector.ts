import { Construct } from 'constructs';
import type { CollectorSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import type { ContainerSettings } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { COLLECTOR_CONFIG_DIRECTORY } from './otel-collector-component';
import { memoryLimitMiB } from './otel-collector-config';

/** What an {@link OtelCollector} is made of. */
export interface OtelCollectorProps {
  /** From {@link otelCollectorComponent} over the same settings. */
  readonly component: Component;
  readonly image: string;
  readonly settings: CollectorSettings;
  /**
   * Annotations of the ServiceAccount, such as its IAM role.
   * @default {}
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** The OpenTelemetry Collector: any number of equal pods without a state of their own. */
export class OtelCollector extends Construct {
  constructor(scope: Construct, id: string, props: OtelCollectorProps) {
    super(scope, id);
    new Workload(this, 'Workload', {
      component: props.component,
      controller: { kind: 'deployment', replicas: props.settings.replicas },
      container: container(props),
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
  }
}

function container({ image, settings }: OtelCollectorProps): ContainerSettings {
  return {
    image,
    args: [`--config=${COLLECTOR_CONFIG_DIRECTORY}/config.yaml`],
    // Go collects harder near this, before the memory limiter refuses and long before the kernel kills.
    env: [{ name: 'GOMEMLIMIT', value: `${String(Math.floor(memoryLimitMiB(settings) * 0.8))}MiB` }],
    resources: settings.resources,
    // The image's own user.
    user: { uid: 10_001, gid: 10_001 },
    probes: {
      liveness: { path: '/', port: 'health', failureThreshold: 5 },
      readiness: { path: '/', port: 'health' },
    },
    // Long enough to send what waits in the queues.
    terminationGracePeriodSeconds: 60,
  };
}
