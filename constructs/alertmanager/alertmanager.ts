import { Construct } from 'constructs';
import type { AlertmanagerSettings } from '../../environments/environment';
import { addressOf, type Component } from '../kubernetes/component';
import type { ContainerSettings } from '../kubernetes/pod-settings';
import { Workload } from '../kubernetes/workload';
import { CLUSTER_PORT } from './alertmanager-component';

/** Silences and notification log. */
const STORAGE = '/alertmanager';

/** What an {@link Alertmanager} is made of. */
export interface AlertmanagerProps {
  /** From {@link alertmanagerComponent} over the same settings. */
  readonly component: Component;
  readonly image: string;
  readonly settings: AlertmanagerSettings;
  /**
   * Annotations of the ServiceAccount, such as its IAM role.
   * @default {}
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** Alertmanager: one, or a pair that gossips, each with a volume for silences and the log of what was sent. */
export class Alertmanager extends Construct {
  constructor(scope: Construct, id: string, props: AlertmanagerProps) {
    super(scope, id);
    const { component, settings } = props;
    new Workload(this, 'Workload', {
      component,
      controller: { kind: 'stateful-set', replicas: settings.replicas, volume: settings.volume },
      container: container(props),
      serviceAccountAnnotations: props.serviceAccountAnnotations,
    });
  }
}

function container({ component, image, settings }: AlertmanagerProps): ContainerSettings {
  return {
    image,
    args: [
      '--config.file=/etc/alertmanager/alertmanager.yml',
      `--storage.path=${STORAGE}`,
      // A silence or a notification is forgotten five days after its end.
      '--data.retention=120h',
      // Silences and what was told are on the volume after this time; what is younger is lost with the process.
      '--data.maintenance-interval=1m',
      `--web.external-url=http://${addressOf(component, 'http')}`,
      '--log.format=json',
      ...(settings.replicas > 1 ? clusterArgs(component, settings.replicas) : ['--cluster.listen-address=']),
    ],
    env: settings.replicas > 1 ? [{ name: 'POD_IP', field: 'status.podIP' }] : [],
    resources: settings.resources,
    // "nobody" of the image.
    user: { uid: 65_534, gid: 65_534 },
    probes: {
      readiness: {
        path: '/-/ready',
        port: 'http',
        initialDelaySeconds: 3,
        periodSeconds: 5,
        failureThreshold: 10,
      },
      liveness: { path: '/-/healthy', port: 'http', failureThreshold: 10 },
    },
    mounts: [{ kind: 'volume', path: STORAGE }],
    terminationGracePeriodSeconds: 120,
  };
}

/**
 * The pair's members by their stable names. The address is the pod's own, since the guess looks for a private one and
 * pods of an EKS cluster may have others; the label keeps two pairs of one cluster from joining when an address is
 * given to another pod.
 */
function clusterArgs(component: Component, replicas: number): string[] {
  const { name, namespace } = component;
  const peers = Array.from(
    { length: replicas },
    (_, index) =>
      `--cluster.peer=${name}-${String(index)}.${name}-peers.${namespace}.svc:${String(CLUSTER_PORT)}`,
  );
  return [
    `--cluster.listen-address=0.0.0.0:${String(CLUSTER_PORT)}`,
    `--cluster.advertise-address=$(POD_IP):${String(CLUSTER_PORT)}`,
    `--cluster.label=${namespace}/${name}`,
    ...peers,
  ];
}
