import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecContainerEnv,
  DeploymentV1SpecTemplateSpecContainerLivenessProbe,
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { SecretRef } from '../../environments/environment';
import { secretDirectory, type Component, type ConfigVolume } from './component';
import type { ContainerSettings, EnvironmentVariable, Mount, Probe } from './pod-settings';

/** Name of the volume that a workload's claim is mounted as. */
export const DATA_VOLUME = 'data';

/** How a pod is placed and what it is given, apart from its container. */
export interface PodOptions {
  /** Claim behind the mount of kind `volume`. @default - the controller makes one from its template */
  readonly claimName?: string;
  /** Copies that are kept apart from each other. @default 1 */
  readonly replicas?: number;
  /** Run on every node, whatever its taints. @default false */
  readonly everyNode?: boolean;
}

/**
 * The pod of a component: non-root, read-only root file system, no capability, the runtime's seccomp profile, no
 * service-account token unless it has permissions. That is Pod Security's level "restricted" (kubernetes.io/docs/
 * concepts/security/pod-security-standards) but for host directories.
 */
export function podSpec(
  component: Component,
  settings: ContainerSettings,
  labels: Readonly<Record<string, string>>,
  options: PodOptions = {},
): DeploymentV1SpecTemplateSpec {
  const main = container(component, settings);
  return {
    serviceAccountName: component.name,
    automountServiceAccountToken: component.permissions !== undefined,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: settings.terminationGracePeriodSeconds ?? 30,
    securityContext: {
      runAsNonRoot: settings.user.uid !== 0,
      runAsUser: String(settings.user.uid),
      runAsGroup: String(settings.user.gid),
      fsGroup: String(settings.user.gid),
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    container: [main],
    initContainer: settings.prepare && [
      {
        ...withoutProbes(main),
        name: settings.prepare.name,
        command: [...settings.prepare.command],
        args: undefined,
      },
    ],
    volume: volumes(component, settings.mounts ?? [], options.claimName),
    toleration: options.everyNode === true ? [{ operator: 'Exists' }] : undefined,
    topologySpreadConstraint:
      (options.replicas ?? 1) > 1
        ? [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: [{ matchLabels: { ...labels } }],
            },
          ]
        : undefined,
    affinity: options.everyNode === true ? { nodeAffinity: notOnFargate() } : undefined,
  };
}

/** Fargate runs no DaemonSet pod: it would be pending for ever (docs.aws.amazon.com/eks/latest/userguide/fargate.html). */
function notOnFargate() {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerm: [
        {
          matchExpressions: [
            { key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] },
          ],
        },
      ],
    },
  };
}

function container(component: Component, settings: ContainerSettings): DeploymentV1SpecTemplateSpecContainer {
  const { resources } = settings;
  return {
    name: component.name,
    image: settings.image,
    imagePullPolicy: 'IfNotPresent',
    command: settings.command && [...settings.command],
    args: settings.args && [...settings.args],
    env: settings.env?.map(environmentVariable),
    port: component.ports.map((port) => ({
      name: port.name,
      containerPort: port.number,
      protocol: port.protocol ?? 'TCP',
    })),
    resources: {
      requests: { cpu: `${String(resources.cpuMillicores)}m`, memory: `${String(resources.memoryMiB)}Mi` },
      limits: { memory: `${String(resources.memoryLimitMiB ?? resources.memoryMiB)}Mi` },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      privileged: false,
      runAsNonRoot: settings.user.uid !== 0,
      capabilities: { drop: ['ALL'] },
    },
    livenessProbe: settings.probes.liveness && probe(settings.probes.liveness),
    readinessProbe: settings.probes.readiness && probe(settings.probes.readiness),
    startupProbe: settings.probes.startup && probe(settings.probes.startup),
    volumeMount: volumeMounts(component, settings.mounts ?? []),
  };
}

function withoutProbes(main: DeploymentV1SpecTemplateSpecContainer) {
  const { livenessProbe: _live, readinessProbe: _ready, startupProbe: _start, port: _port, ...rest } = main;
  return rest;
}

function environmentVariable(variable: EnvironmentVariable): DeploymentV1SpecTemplateSpecContainerEnv {
  if ('value' in variable) return { name: variable.name, value: variable.value };
  if ('field' in variable)
    return { name: variable.name, valueFrom: { fieldRef: { fieldPath: variable.field } } };
  return {
    name: variable.name,
    valueFrom: { secretKeyRef: { name: variable.secret.name, key: variable.secret.key } },
  };
}

function probe(settings: Probe): DeploymentV1SpecTemplateSpecContainerLivenessProbe {
  return {
    ...(settings.path === 'tcp'
      ? { tcpSocket: [{ port: settings.port }] }
      : { httpGet: { path: settings.path, port: settings.port, scheme: 'HTTP' } }),
    initialDelaySeconds: settings.initialDelaySeconds ?? 0,
    periodSeconds: settings.periodSeconds ?? 10,
    timeoutSeconds: settings.timeoutSeconds ?? 3,
    failureThreshold: settings.failureThreshold ?? 3,
  };
}

function volumeMounts(
  component: Component,
  mounts: readonly Mount[],
): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return [
    ...component.config.map((config) => ({ name: config.name, mountPath: config.mountPath, readOnly: true })),
    ...secretNames(component.secrets).map((name) => ({
      name: secretVolumeName(name),
      mountPath: secretDirectory({ name, key: '' }),
      readOnly: true,
    })),
    ...mounts.map((mount) => ({
      name: mount.kind === 'volume' ? DATA_VOLUME : mount.name,
      mountPath: mount.path,
      readOnly: mount.kind === 'host' && mount.readOnly !== false,
    })),
  ];
}

function volumes(
  component: Component,
  mounts: readonly Mount[],
  claimName: string | undefined,
): DeploymentV1SpecTemplateSpecVolume[] {
  return [
    ...component.config.map((config) => ({
      name: config.name,
      configMap: { name: configMapName(component, config) },
    })),
    ...secretNames(component.secrets).map((name) => ({
      name: secretVolumeName(name),
      secret: { secretName: name, defaultMode: '0440' },
    })),
    ...mounts.flatMap((mount): DeploymentV1SpecTemplateSpecVolume[] => {
      switch (mount.kind) {
        case 'scratch':
          return [
            {
              name: mount.name,
              emptyDir: {
                sizeLimit: mount.sizeLimitMiB === undefined ? undefined : `${String(mount.sizeLimitMiB)}Mi`,
              },
            },
          ];
        case 'volume':
          return claimName === undefined ? [] : [{ name: DATA_VOLUME, persistentVolumeClaim: { claimName } }];
        case 'host':
          return [
            {
              name: mount.name,
              hostPath: {
                path: mount.hostPath,
                type: mount.create === true ? 'DirectoryOrCreate' : 'Directory',
              },
            },
          ];
      }
    }),
  ];
}

function secretNames(secrets: readonly SecretRef[]): string[] {
  return [...new Set(secrets.map((secret) => secret.name))].sort();
}

function secretVolumeName(secretName: string): string {
  return `secret-${secretName}`;
}

/** Name of the ConfigMap that fills a configuration directory. */
export function configMapName(component: Component, config: ConfigVolume): string {
  return `${component.name}-${config.name}`;
}
