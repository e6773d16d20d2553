import type { ReceiverSettings } from './receivers';

/** A disk of its own: size and class. */
export interface VolumeSettings {
  /** Gibibytes. It can grow where the StorageClass has `allowVolumeExpansion`, and never shrink. */
  readonly sizeGiB: number;
  /** StorageClass that exists in the cluster, such as `gp3` or `standard`. */
  readonly storageClass: string;
}

/** CPU in millicores and memory in mebibytes. The memory limit is a hard one; CPU is requested, never limited. */
export interface ResourceSettings {
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  /** @default - equal to `memoryMiB` */
  readonly memoryLimitMiB?: number;
}

/** Name and key of a Kubernetes Secret in the namespace of the program that reads it. Never a value. */
export interface SecretRef {
  readonly name: string;
  readonly key: string;
}

/** The metrics store. */
export interface PrometheusSettings {
  readonly volume: VolumeSettings;
  /** Days that samples are kept, unless the volume is full before. */
  readonly retentionDays: number;
  /**
   * Size at which the oldest samples go, in GiB.
   * @default - 80 % of the volume
   */
  readonly retentionSizeGiB?: number;
  /** @default 15 */
  readonly scrapeIntervalSeconds?: number;
  readonly resources: ResourceSettings;
  /** Samples that one scrape of an application pod may bring before it is refused whole. @default 20000 */
  readonly applicationSampleLimit?: number;
}

/** Grouping and sending of alerts. */
export interface AlertmanagerSettings {
  /** 1, or 2 for a pair that gossips. */
  readonly replicas: 1 | 2;
  readonly volume: VolumeSettings;
  readonly resources: ResourceSettings;
  readonly receivers: ReceiverSettings;
}

/** The boards. */
export interface GrafanaSettings {
  /** @default 1 */
  readonly replicas?: number;
  readonly resources: ResourceSettings;
  /** Secret with the admin's password. The user's name is `admin`. */
  readonly adminPassword: SecretRef;
  /** How people reach it. */
  readonly exposure: GrafanaExposure;
  /** Where it keeps what people click together. @default { kind: 'none' } */
  readonly storage?: GrafanaStorage;
  /**
   * Where plugins come from: `download` fetches the pinned versions at start; `image` says that `image` carries them.
   * @default { kind: 'download' }
   */
  readonly plugins?: { readonly kind: 'download' } | { readonly kind: 'image'; readonly image: string };
}

/**
 * How people reach Grafana: by port-forward only, by a load balancer inside the VPC, or by an Ingress with TLS. The last two
 * are carried out by a controller that is in the cluster already: the AWS Load Balancer Controller, or that of the class.
 */
export type GrafanaExposure =
  | { readonly kind: 'cluster' }
  | { readonly kind: 'internal-load-balancer'; readonly sourceRanges: readonly string[] }
  | {
      readonly kind: 'ingress';
      readonly host: string;
      readonly ingressClass: string;
      /** Secret of type kubernetes.io/tls. */
      readonly tlsSecret: string;
      /** Namespace of the ingress controller, for the network policy. */
      readonly controllerNamespace: string;
    };

/**
 * Where Grafana keeps its database: nowhere (everything comes from files), on a volume (one replica), or in PostgreSQL (any
 * number of replicas). A database that stays holds secrets of data sources and contact points, encrypted with `secretKey`:
 * the key that Grafana has otherwise is printed in its documentation.
 */
export type GrafanaStorage =
  | { readonly kind: 'none' }
  | { readonly kind: 'volume'; readonly volume: VolumeSettings; readonly secretKey: SecretRef }
  | {
      readonly kind: 'postgres';
      readonly host: string;
      /** @default 5432 */
      readonly port?: number;
      readonly database: string;
      readonly user: string;
      readonly password: SecretRef;
      readonly secretKey: SecretRef;
      /** Addresses of the database, for the network policy. */
      readonly cidrs: readonly string[];
    };

/** Container logs. Where there is `aws` they go to CloudWatch Logs, else to the collector's own standard output. */
export interface LogSettings {
  /** Days that CloudWatch keeps log events; one of the numbers that CloudWatch allows. */
  readonly retentionDays: number;
  /** Megabytes of unsent logs that a node keeps before it drops the oldest. @default 512 */
  readonly bufferMiB?: number;
  readonly resources: ResourceSettings;
}

/** The trace store. */
export interface JaegerSettings {
  readonly storage:
    | { readonly kind: 'memory'; /** Traces kept. @default 50000 */ readonly maxTraces?: number }
    | {
        readonly kind: 'badger';
        readonly volume: VolumeSettings;
        /** Days that spans are kept. */ readonly retentionDays: number;
      }
    | {
        readonly kind: 'elasticsearch' | 'opensearch';
        readonly urls: readonly string[];
        readonly username: string;
        readonly password: SecretRef;
        readonly cidrs: readonly string[];
      };
  readonly resources: ResourceSettings;
}

/** The OpenTelemetry Collector, which every application sends its traces to. */
export interface CollectorSettings {
  readonly replicas: number;
  readonly resources: ResourceSettings;
  /** Vendors that get a copy of the traces. @default {} */
  readonly vendors?: {
    /** @default - off */
    readonly datadog?: { readonly site: string; readonly apiKey: SecretRef };
    /** @default - off */
    readonly newRelic?: { readonly endpoint: string; readonly licenseKey: SecretRef };
    /** @default - off */
    readonly sentry?: {
      /** `https://sentry.io`, or the address of one's own Sentry. */
      readonly url: string;
      /** Slug of the organization. A project is found by the service's name. */
      readonly organization: string;
      /** Token with access to the organization's projects and their keys. */
      readonly authToken: SecretRef;
    };
  };
}

/** The X-Ray daemon, one a node. */
export interface XraySettings {
  readonly resources: ResourceSettings;
}

/** Metrics of a PostgreSQL database. Only the password is a secret; the exporter reads it from a file. */
export interface PostgresExporterSettings {
  /** Host name of the database. */
  readonly host: string;
  /** @default 5432 */
  readonly port?: number;
  /** @default 'postgres' */
  readonly database?: string;
  /** A user with the role `pg_monitor`. */
  readonly user: string;
  readonly password: SecretRef;
  /** `sslmode` of the connection. @default 'require' */
  readonly sslMode?: 'disable' | 'require' | 'verify-ca' | 'verify-full';
  /** Addresses of the database, for the network policy. */
  readonly cidrs: readonly string[];
  readonly resources: ResourceSettings;
}
