/** A service of the watched application. */
export interface Application {
  /** Value of the pod label `app`, and the name of its scrape job. */
  readonly name: string;
  /** Port of `/metrics`. */
  readonly metricsPort: number;
  /**
   * Where logs of its containers are kept from.
   * @default - the containers of pods whose name starts with `name`
   */
  readonly logContainers?: string;
}

/** Scrape targets beside the stack's own programs and the application's services. */
export interface ScrapeSettings {
  /**
   * Also scrape pods of the application namespaces that carry `prometheus.io/scrape: "true"`.
   * @default true
   */
  readonly annotatedPods?: boolean;
  /**
   * Services by label and named port, as a ServiceMonitor would say it.
   * @default []
   */
  readonly services?: readonly ServiceTarget[];
  /**
   * Fixed https or http targets outside the cluster.
   * @default []
   */
  readonly static?: readonly StaticTarget[];
  /**
   * URLs probed by the blackbox exporter.
   * @default []
   */
  readonly probes?: readonly string[];
  /**
   * Other Prometheus servers whose series are copied.
   * @default []
   */
  readonly federation?: readonly FederationSource[];
}

/** Pods behind a Service, found by its labels. */
export interface ServiceTarget {
  /** Scrape job; must be unique. */
  readonly job: string;
  readonly namespaces: readonly string[];
  /** Labels of the Service. */
  readonly matchLabels: Readonly<Record<string, string>>;
  /** Name of the Service's port. */
  readonly port: string;
  /** @default '/metrics' */
  readonly path?: string;
  /**
   * Port number of the pods behind the Service, for the network policy.
   */
  readonly targetPort: number;
  /**
   * Name of the service of the application that these are: what it calls by an old name gets the canonical one.
   * @default - none of them
   */
  readonly application?: string;
  /** @default 30 */
  readonly intervalSeconds?: number;
}

/** Targets at fixed addresses. */
export interface StaticTarget {
  readonly job: string;
  /** `host:port` each. */
  readonly targets: readonly string[];
  /**
   * Name of the service of the application that these are: what it calls by an old name gets the canonical one.
   * @default - none of them
   */
  readonly application?: string;
  /** @default 'https' */
  readonly scheme?: 'http' | 'https';
  /** @default '/metrics' */
  readonly path?: string;
  /** Addresses of the targets, for the network policy. */
  readonly cidrs: readonly string[];
}

/** Another Prometheus whose `/federate` is read. */
export interface FederationSource {
  readonly job: string;
  /** `host:port`. */
  readonly target: string;
  /** @default 'https' */
  readonly scheme?: 'http' | 'https';
  /** Series selectors, such as `{job="rag-api"}`; at least one. */
  readonly match: readonly string[];
  readonly cidrs: readonly string[];
}

/** Bounds of the autoscaler; its target is `thresholds.cpuUtilisationRatio`. It reads the CPU from metrics-server. */
export interface AutoscalingSettings {
  /** Name of the Deployment. */
  readonly deployment: string;
  /** One of the application namespaces. */
  readonly namespace: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}
