/**
 * The parts of Prometheus' configuration format that this project writes, with the field names of the file
 * (prometheus.io/docs/prometheus/latest/configuration/configuration).
 */

/** One entry of `scrape_configs`. */
export interface ScrapeConfig {
  readonly job_name: string;
  /** @default - the global interval */
  readonly scrape_interval?: string;
  /** @default - the global timeout */
  readonly scrape_timeout?: string;
  /** Keep labels of the scraped series where they collide with target labels. @default false */
  readonly honor_labels?: boolean;
  /** Mark a series that has timestamps of its own as stale as soon as it is gone. @default false */
  readonly track_timestamps_staleness?: boolean;
  /** @default 'http' */
  readonly scheme?: 'http' | 'https';
  /** @default '/metrics' */
  readonly metrics_path?: string;
  /** @default - no query parameters */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** @default - none */
  readonly authorization?: { readonly credentials_file: string };
  /** @default - the system's certificate authorities */
  readonly tls_config?: TlsConfig;
  /** Format to read where a target names none or a wrong one. @default - such a scrape fails */
  readonly fallback_scrape_protocol?: string;
  /** Store samples under the times that the target writes beside them. @default true */
  readonly honor_timestamps?: boolean;
  /** Most of an answer that is read, such as `20000KB`, in powers of two. @default - no limit */
  readonly body_size_limit?: string;
  /** @default - no limit */
  readonly sample_limit?: number;
  /** @default - no limit */
  readonly label_limit?: number;
  /** Bytes. @default - no limit */
  readonly label_name_length_limit?: number;
  /** Bytes. @default - no limit */
  readonly label_value_length_limit?: number;
  /** @default - no limit */
  readonly target_limit?: number;
  /** @default - none */
  readonly kubernetes_sd_configs?: readonly KubernetesDiscovery[];
  /** @default - none */
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  /** @default - none */
  readonly relabel_configs?: readonly RelabelConfig[];
  /** @default - none */
  readonly metric_relabel_configs?: readonly RelabelConfig[];
}

/** TLS of a scrape. */
export interface TlsConfig {
  /** @default - the system's certificate authorities */
  readonly ca_file?: string;
  /** @default - the host of the target */
  readonly server_name?: string;
  /** @default false */
  readonly insecure_skip_verify?: boolean;
}

/** Discovery through the Kubernetes API, with the pod's own ServiceAccount. */
export interface KubernetesDiscovery {
  readonly role: 'node' | 'pod' | 'endpointslice';
  /** @default - the whole cluster, which only `node` needs */
  readonly namespaces?: { readonly names: readonly string[] };
}

/** One step of relabeling. Its expression is RE2, anchored at both ends. */
export interface RelabelConfig {
  /** Joined by `;`. @default [] */
  readonly source_labels?: readonly string[];
  /** @default '(.*)' */
  readonly regex?: string;
  /** @default - for keep, drop and labelmap */
  readonly target_label?: string;
  /** @default '$1' */
  readonly replacement?: string;
  /** @default 'replace' */
  readonly action?: 'replace' | 'keep' | 'drop' | 'labelmap';
}
