import type { AwsAccount, ClusterAccess, ClusterNetwork, Namespaces, StateBackend } from './cluster';
import type {
  AlertmanagerSettings,
  CollectorSettings,
  GrafanaSettings,
  JaegerSettings,
  LogSettings,
  PostgresExporterSettings,
  PrometheusSettings,
  XraySettings,
} from './programs';
import type { Application, AutoscalingSettings, ScrapeSettings } from './targets';

export type * from './cluster';
export type * from './programs';
export type * from './receivers';
export type * from './targets';

/**
 * What one deployment of the stack is told: every number and name that a team may want to change.
 *
 * An environment is data. It states what differs; defaults that are the same everywhere, and the secure ones, live in
 * the constructs. Secret values never stand here: a {@link SecretRef} names a Kubernetes Secret that exists already.
 */
export interface Environment {
  /** Short name, lower case: the stack's name, and part of each physical name (prod keeps the plain ones). */
  readonly name: string;
  /** Where the Kubernetes objects go and how Terraform signs in. */
  readonly cluster: ClusterAccess;
  /**
   * The AWS account that gets the AWS side.
   * @default - no AWS provider, resource or credential at all
   */
  readonly aws?: AwsAccount;
  /** Where Terraform keeps the state. */
  readonly state: StateBackend;
  /** Namespaces of the stack and of the watched application. */
  readonly namespaces: Namespaces;
  /** Addresses that network policies must know. */
  readonly network: ClusterNetwork;
  /** Services of the watched application; each is a scrape job, and its logs are kept. */
  readonly applications: readonly Application[];
  /** Further scrape targets. Everything the stack deploys is scraped without being named here. */
  readonly scrape: ScrapeSettings;
  readonly prometheus: PrometheusSettings;
  readonly alertmanager: AlertmanagerSettings;
  readonly grafana: GrafanaSettings;
  readonly logs: LogSettings;
  readonly jaeger: JaegerSettings;
  readonly collector: CollectorSettings;
  /**
   * The X-Ray daemon for applications that still use the X-Ray SDK. It needs `aws`.
   * @default - not deployed
   */
  readonly xray?: XraySettings;
  /**
   * PostgreSQL exporter for the database board.
   * @default - not deployed
   */
  readonly postgresExporter?: PostgresExporterSettings;
  /**
   * Scales a named Deployment of the application on CPU.
   * @default - no HorizontalPodAutoscaler
   */
  readonly autoscaling?: AutoscalingSettings;
  /** The numbers that alert rules and CloudWatch alarms compare with, each with its unit in the name. */
  readonly thresholds: Thresholds;
  /** Base addresses for links in alerts. */
  readonly links: Links;
  /** Tags on each AWS resource, beside `Project`, `Environment` and `ManagedBy`, which the stack sets. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Numbers that alerts compare with. Rule files name them as `${thresholds.<name>}`. */
export interface Thresholds {
  /** Mean cost of a query, USD. */
  readonly costPerQueryDollars: number;
  /** Cost of a single query that counts as an outlier (99th percentile), USD. */
  readonly costPerQueryP99Dollars: number;
  /** Cost in 24 hours, USD. */
  readonly dailyBudgetDollars: number;
  /** Share of requests that fail, 0 to 1. */
  readonly errorRatio: number;
  /** 95th percentile of the request duration, seconds. */
  readonly latencyP95Seconds: number;
  /** CPU in use as a share of what is requested, 0 to 1: the autoscaler's target and the alert's threshold. */
  readonly cpuUtilisationRatio: number;
}

/** Base addresses for links in alerts and dashboards. */
export interface Links {
  /** Address under which `runbooks/<Alert>.md` can be read. */
  readonly runbooks: string;
  /** Address of this environment's Grafana as a person opens it. */
  readonly grafana: string;
}
