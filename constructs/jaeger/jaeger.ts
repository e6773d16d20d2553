import { Construct } from 'constructs';
import type { JaegerSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import type { ContainerSettings } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { JAEGER_CONFIG_DIRECTORY } from './jaeger-component';
import { memoryLimitMiB } from './jaeger-config';
import { JAEGER_DATA_DIRECTORY } from './jaeger-storage';

/** What a {@link Jaeger} is made of. */
export interface JaegerProps {
  /** From {@link jaegerComponent} over the same settings. */
  readonly component: Component;
  readonly image: string;
  readonly settings: JaegerSettings;
  /**
   * Annotations of the ServiceAccount.
   * @default {}
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** Jaeger v2 in one pod: receives, stores and answers. With Badger it has a volume and is replaced, never doubled. */
export class Jaeger extends Construct {
  constructor(scope: Construct, id: string, props: JaegerProps) {
    super(scope, id);
    const { storage } = props.settings;
    new Workload(this, 'Workload', {
      component: props.component,
      controller: { kind: 'deployment', volume: storage.kind === 'badger' ? storage.volume : undefined },
      container: container(props),
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
  }
}

function container({ image, settings }: JaegerProps): ContainerSettings {
  return {
    image,
    args: [`--config=${JAEGER_CONFIG_DIRECTORY}/config.yaml`],
    // Go collects harder near this, before the memory limiter refuses and long before the kernel kills.
    env: [
      { name: 'GOMEMLIMIT', value: `${String(Math.floor(memoryLimitMiB(settings) * 0.8))}MiB` },
      // The storage would trace itself as well, and at its end wait ten seconds for itself to listen.
      { name: 'OTEL_TRACES_SAMPLER', value: 'always_off' },
    ],
    resources: settings.resources,
    // The image's own user.
    user: { uid: 10_001, gid: 10_001 },
    probes: {
      // Badger reads its logs again after a crash, which takes a while on a full volume.
      startup: { path: '/status', port: 'health', failureThreshold: 60 },
      liveness: { path: '/status', port: 'health', failureThreshold: 5 },
      readiness: { path: '/status', port: 'health' },
    },
    mounts: settings.storage.kind === 'badger' ? [{ kind: 'volume', path: JAEGER_DATA_DIRECTORY }] : [],
    // Long enough for Badger to write what it holds.
    terminationGracePeriodSeconds: 60,
  };
}
