import type { ResourceSettings, SecretRef } from '../../environments/environment';

/** What a workload states about its one container; everything else is hardened by default. */
export interface ContainerSettings {
  readonly image: string;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  /** @default [] */
  readonly args?: readonly string[];
  /** @default [] */
  readonly env?: readonly EnvironmentVariable[];
  readonly resources: ResourceSettings;
  /** Numeric ids that the process runs as; kubelet compares numbers only with `runAsNonRoot`. */
  readonly user: { readonly uid: number; readonly gid: number };
  readonly probes: Probes;
  /** Writable or foreign directories beside the component's configuration and secrets. @default [] */
  readonly mounts?: readonly Mount[];
  /** A container that runs before, with the same image, user, variables and mounts. @default - none */
  readonly prepare?: { readonly name: string; readonly command: readonly string[] };
  /** Seconds between the polite and the hard stop. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
}

/** One environment variable. */
export type EnvironmentVariable =
  | { readonly name: string; readonly value: string }
  /** A key of a Secret: only for programs that cannot read a file. */
  | { readonly name: string; readonly secret: SecretRef }
  /** A field of the pod, such as `status.hostIP`. */
  | { readonly name: string; readonly field: string };

/** When the kubelet restarts the container or takes it out of its Services. */
export interface Probes {
  /** @default - none: the program's end is its only sign of death */
  readonly liveness?: Probe;
  /** @default - none */
  readonly readiness?: Probe;
  /** Holds the other two back until it has succeeded once. @default - none */
  readonly startup?: Probe;
}

/** One check of the kubelet. */
export interface Probe {
  /** HTTP path, or the word `tcp` for a mere connection. */
  readonly path: string;
  /** Name of a port. */
  readonly port: string;
  /** @default 0 */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 3 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
}

/** A directory beside the configuration and the secrets. */
export type Mount =
  /** An empty directory that lives as long as the pod. */
  | { readonly kind: 'scratch'; readonly name: string; readonly path: string; readonly sizeLimitMiB?: number }
  /** The workload's own volume. */
  | { readonly kind: 'volume'; readonly path: string }
  /** A directory of the node; only in the namespace for agents. */
  | {
      readonly kind: 'host';
      readonly name: string;
      readonly path: string;
      readonly hostPath: string;
      /** @default true */
      readonly readOnly?: boolean;
      /** Make the directory if the node lacks it. @default false */
      readonly create?: boolean;
    };
