import type { SecretRef } from '../../environments/environment';

/**
 * One program of the stack as the others see it. Services, network policies, scrape jobs, roles and the files of
 * `npm run render` are all derived from it, so that none of them can disagree.
 */
export interface Component {
  /** Name of the workload, its Service and its ServiceAccount; value of `app.kubernetes.io/name`. */
  readonly name: string;
  readonly namespace: string;
  /** Ports that it listens on. */
  readonly ports: readonly Port[];
  /** Configuration, one ConfigMap a directory. */
  readonly config: readonly ConfigVolume[];
  /** Secrets that it reads as files; see {@link secretFile}. */
  readonly secrets: readonly SecretRef[];
  /** Whom it calls. The answering side's network policy is derived from this. DNS need not be named. */
  readonly egress: readonly Connection[];
  /** Callers that are no component of the stack. */
  readonly ingress: readonly Connection[];
  /**
   * What it may read of the Kubernetes API.
   * @default - nothing, and no token is mounted
   */
  readonly permissions?: Permissions;
  /**
   * What it may do in AWS.
   * @default - no role
   */
  readonly awsPermissions?: readonly IamStatement[];
  /**
   * Where Prometheus finds its metrics.
   * @default - it has none
   */
  readonly metrics?: MetricsEndpoint;
  /**
   * It shares the node's network, where network policies do not reach; callers reach it at the nodes' addresses.
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Labels of its pods.
   * @default - `app.kubernetes.io/name: <name>`
   */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** A port that a component listens on. */
export interface Port {
  /** Name in the pod and the Service; at most 15 characters. */
  readonly name: string;
  readonly number: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Files of one directory in the pod, from one ConfigMap. */
export interface ConfigVolume {
  /** Suffix of the ConfigMap's name: `<component>-<name>`. */
  readonly name: string;
  /** Directory in the pod, below `/etc/<component>`. */
  readonly mountPath: string;
  /** File name to content. */
  readonly files: Readonly<Record<string, string>>;
  /** `watched`: the program notices a change by itself. `restart`: a change replaces the pods. */
  readonly reload: 'watched' | 'restart';
}

/** One direction of traffic to or from a peer. */
export interface Connection {
  readonly peer: Peer;
  /** None means every port. */
  readonly ports: readonly { readonly number: number; readonly protocol?: 'TCP' | 'UDP' }[];
  /** What for, for the reader of the policy. */
  readonly why: string;
}

/** Who is at the other end: a component, pods by label, or addresses. */
export type Peer =
  | { readonly kind: 'component'; readonly name: string; readonly namespace: string }
  | {
      readonly kind: 'pods';
      readonly namespaces: readonly string[];
      /** @default - every pod of the namespaces */
      readonly labels?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'cidrs';
      readonly cidrs: readonly string[];
      /** Ranges inside that are not meant. @default [] */
      readonly except?: readonly string[];
    };

/** Rules of the Kubernetes API, for the whole cluster or for one namespace each. */
export interface Permissions {
  /** @default [] */
  readonly cluster?: readonly PolicyRule[];
  /** @default [] */
  readonly namespaced?: readonly { readonly namespace: string; readonly rules: readonly PolicyRule[] }[];
}

/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  /** @default - for `nonResourceUrls` */
  readonly apiGroups?: readonly string[];
  /** @default - for `nonResourceUrls` */
  readonly resources?: readonly string[];
  /** Only in cluster rules. @default [] */
  readonly nonResourceUrls?: readonly string[];
  readonly verbs: readonly string[];
}

/** One statement of an IAM policy; ARNs are written out in full. */
export interface IamStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** operator -> key -> values. @default - no condition */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Where a component shows its metrics. */
export interface MetricsEndpoint {
  /** Name of one of the ports. */
  readonly port: string;
  /** @default '/metrics' */
  readonly path?: string;
  /**
   * Its series describe other objects and carry `namespace`, `pod` and `node` of those.
   * @default false
   */
  readonly honorLabels?: boolean;
}

/** Path at which a component finds the value of a Secret's key. */
export function secretFile(secret: SecretRef): string {
  return `${secretDirectory(secret)}/${secret.key}`;
}

/** Directory under which a whole Secret is mounted. */
export function secretDirectory(secret: SecretRef): string {
  return `/etc/secrets/${secret.name}`;
}

/** The peer that a component is for others. */
export function asPeer(component: Pick<Component, 'name' | 'namespace'>): Peer {
  return { kind: 'component', name: component.name, namespace: component.namespace };
}

/** One of a component's ports by its name. */
export function portOf(component: Pick<Component, 'name' | 'ports'>, name: string): Port {
  const port = component.ports.find((candidate) => candidate.name === name);
  if (port === undefined) {
    throw new Error(
      `${component.name} has no port "${name}", only ${component.ports.map((p) => p.name).join(', ')}`,
    );
  }
  return port;
}

/** Address of a component's port inside the cluster, `<name>.<namespace>.svc:<port>`. */
export function addressOf(component: Pick<Component, 'name' | 'namespace' | 'ports'>, port: string): string {
  return `${component.name}.${component.namespace}.svc:${String(portOf(component, port).number)}`;
}
