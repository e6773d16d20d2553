import { Construct } from 'constructs';
import type { LogSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import type { ContainerSettings } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { FLUENT_BIT_CONFIG_DIRECTORY, FLUENT_BIT_STATE_DIRECTORY } from './fluent-bit-config';

/** What a {@link FluentBit} is made of. */
export interface FluentBitProps {
  /** From {@link fluentBitComponent} over the same settings. */
  readonly component: Component;
  readonly image: string;
  readonly settings: LogSettings;
  /**
   * Annotations of the ServiceAccount, such as its IAM role.
   * @default {}
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** Fluent Bit on every node: reads the application's container logs and keeps its place and the unsent on the node's disk. */
export class FluentBit extends Construct {
  constructor(scope: Construct, id: string, props: FluentBitProps) {
    super(scope, id);
    new Workload(this, 'Workload', {
      component: props.component,
      controller: { kind: 'daemon-set' },
      container: container(props),
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
  }
}

/** Directory of the node with positions and unsent logs; by namespace, so that two environments on a cluster do not share it. */
export function hostStateDirectory(component: Pick<Component, 'namespace'>): string {
  return `${FLUENT_BIT_STATE_DIRECTORY}-${component.namespace}`;
}

function container({ component, image, settings }: FluentBitProps): ContainerSettings {
  return {
    image,
    command: ['/fluent-bit/bin/fluent-bit'],
    args: [`--config=${FLUENT_BIT_CONFIG_DIRECTORY}/fluent-bit.yaml`],
    resources: settings.resources,
    // The kubelet's log files are root's alone (0640). Root as their owner needs no capability, so none is given;
    // another user would need DAC_READ_SEARCH, which Kubernetes cannot hand to one.
    user: { uid: 0, gid: 0 },
    probes: {
      // Not the health path: a sink that is down is no reason to restart.
      liveness: { path: '/api/v1/uptime', port: 'http', periodSeconds: 30, failureThreshold: 5 },
      readiness: { path: '/api/v2/health', port: 'http' },
    },
    mounts: [
      // Links in containers/ lead to pods/ beside it.
      { kind: 'host', name: 'logs', path: '/var/log', hostPath: '/var/log' },
      {
        kind: 'host',
        name: 'state',
        path: FLUENT_BIT_STATE_DIRECTORY,
        hostPath: hostStateDirectory(component),
        readOnly: false,
        create: true,
      },
    ],
    // Longer than the 20 seconds of `service.grace`.
    terminationGracePeriodSeconds: 30,
  };
}
