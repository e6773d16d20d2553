import { Construct } from 'constructs';
import type { ResourceSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import { Workload } from '../kubernetes/workload';
import { BLACKBOX_CONFIG } from './blackbox-component';

/** The image names no user; 65534 is `nobody` in all images of Prometheus. */
const USER = { uid: 65_534, gid: 65_534 };

/** What {@link BlackboxExporter} is made of. */
export interface BlackboxExporterProps {
  /** Made by `blackboxComponent`. */
  readonly component: Component;
  readonly image: string;
  /** @default { cpuMillicores: 10, memoryMiB: 64 } */
  readonly resources?: ResourceSettings;
}

/** Asks URLs on behalf of Prometheus, and tells whether and how fast they answer and when their certificate ends. */
export class BlackboxExporter extends Construct {
  constructor(scope: Construct, id: string, props: BlackboxExporterProps) {
    super(scope, id);
    new Workload(this, 'Workload', {
      component: props.component,
      controller: { kind: 'deployment' },
      container: {
        image: props.image,
        args: [
          `--config.file=${BLACKBOX_CONFIG.directory}/${BLACKBOX_CONFIG.file}`,
          '--config.enable-auto-reload',
        ],
        resources: props.resources ?? { cpuMillicores: 10, memoryMiB: 64 },
        user: USER,
        probes: {
          readiness: { path: '/-/healthy', port: 'http' },
          liveness: { path: '/-/healthy', port: 'http' },
        },
      },
    });
  }
}
