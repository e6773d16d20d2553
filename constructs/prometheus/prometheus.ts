import { Construct } from 'constructs';
import type { PrometheusSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import type { Probes } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { CONFIG_DIRECTORY, CONFIG_FILE } from './prometheus-config';

/** User `nobody` of the image (github.com/prometheus/prometheus, Dockerfile). */
const USER = { uid: 65_534, gid: 65_534 };

/** Where the samples are. */
const DATA_DIRECTORY = '/prometheus';

/** Seconds that Prometheus may take to write its memory to disk before it is killed. */
const SHUTDOWN_SECONDS = 600;

/**
 * The write-ahead log of two hours is read before Prometheus is ready. The startup probe gives it 15 minutes, in which
 * the liveness probe must not kill it, or it would start over for ever.
 */
const PROBES: Probes = {
  startup: { path: '/-/ready', port: 'http', periodSeconds: 15, failureThreshold: 60 },
  readiness: { path: '/-/ready', port: 'http', periodSeconds: 5 },
  liveness: { path: '/-/healthy', port: 'http', periodSeconds: 5, failureThreshold: 6 },
};

/** What {@link Prometheus} is made of. */
export interface PrometheusProps {
  /** Made by `prometheusComponent`. */
  readonly component: Component;
  readonly image: string;
  readonly settings: Pick<PrometheusSettings, 'volume' | 'resources'>;
}

/** The metrics store: one replica with a volume, replaced only after the old one has let go of it. */
export class Prometheus extends Construct {
  constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    const { component, image, settings } = props;
    new Workload(this, 'Workload', {
      component,
      controller: { kind: 'deployment', volume: settings.volume },
      container: {
        image,
        args: [
          `--config.file=${CONFIG_DIRECTORY}/${CONFIG_FILE}`,
          `--storage.tsdb.path=${DATA_DIRECTORY}`,
          // Watches the configuration and the rule files, so that no sidecar and no open reload endpoint is needed.
          '--config.auto-reload',
          '--config.auto-reload-interval=30s',
          '--enable-feature=exemplar-storage',
          // How long alerts wait at least that waited when Prometheus ended, and the shortest `for` that goes on at all.
          // At its default of 10m, each with a shorter `for` starts anew: one that fires is told to be over.
          '--rules.alert.for-grace-period=30s',
        ],
        resources: settings.resources,
        user: USER,
        probes: PROBES,
        mounts: [{ kind: 'volume', path: DATA_DIRECTORY }],
        terminationGracePeriodSeconds: SHUTDOWN_SECONDS,
      },
    });
  }
}
