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
  /** 95th percentile of the time that a worker needs for a whole document, seconds. */
  readonly documentProcessingP95Seconds: number;
  /** 95th percentile of one stage in the processing of a document, seconds. */
  readonly documentStageP95Seconds: number;
  /** Share of documents whose processing ends with an error, 0 to 1. */
  readonly documentFailedRatio: number;
  /** 95th percentile of the duration of an upload request, the transfer of the document included, seconds. */
  readonly uploadP95Seconds: number;
  /** Jobs that wait in one queue of the upload pipeline, from which on a growing queue is told. */
  readonly uploadQueueJobsCount: number;
  /** Age of the oldest job of a queue that is worth a ticket, seconds. */
  readonly uploadQueueAgeWarningSeconds: number;
  /** Age of the oldest job of a queue that is worth a page, seconds. */
  readonly uploadQueueAgeCriticalSeconds: number;
  /** 95th percentile of the time from a chat message to the end of its answer, seconds. */
  readonly chatP95Seconds: number;
  /** Share of a workflow's executions that fail, 0 to 1. */
  readonly workflowFailedRatio: number;
  /** Share of the agent's calls to a language model that fail, 0 to 1. */
  readonly agentLlmFailedRatio: number;
  /** Chat sessions at the same time that the agent's pods are sized for. */
  readonly activeSessionsCount: number;
  /** Database connections in use as a share of those allowed, in the service's pool and on the server, 0 to 1. */
  readonly databaseConnectionsRatio: number;
  /** 95th percentile of a database query as the service waits for it, seconds. */
  readonly databaseQueryP95Seconds: number;
  /** Age of a database transaction that is too old, seconds. */
  readonly databaseTransactionSeconds: number;
  /** How far a replica may be behind before it is worth a ticket, seconds. */
  readonly replicationLagWarningSeconds: number;
  /** How far a replica may be behind before it is worth a page, seconds. */
  readonly replicationLagCriticalSeconds: number;
  /** Deadlocks of one database in 15 minutes. */
  readonly databaseDeadlocksCount: number;
  /** Disk that the database server has for databases and write-ahead log, bytes. */
  readonly databaseStorageBytes: number;
  /** Share of `databaseStorageBytes` in use that is worth a ticket, 0 to 1. */
  readonly databaseStorageWarningRatio: number;
  /** Share of `databaseStorageBytes` in use that is worth a page, 0 to 1. */
  readonly databaseStorageCriticalRatio: number;
  /** How far ahead the growth of the last day is carried on, to see whether the disk is full by then, seconds. */
  readonly databaseStorageFullInSeconds: number;
  /** Failed logins in 5 minutes that are worth a ticket where they are also far above the usual. */
  readonly failedLoginsWarningCount: number;
  /** Failed logins in 5 minutes that are worth a page. */
  readonly failedLoginsCriticalCount: number;
  /** How many times the mean of the last day counts as far above the usual. */
  readonly failedLoginsSpikeFactor: number;
  /** Requests refused for one reason in 5 minutes. */
  readonly refusedRequestsCount: number;
  /** Questions refused as prompt injection in 15 minutes. */
  readonly promptInjectionsCount: number;
  /** Violations of one content policy in 15 minutes. */
  readonly policyViolationsCount: number;
  /** Mean quality of an answer as the service's own evaluation sees it, 0 to 1. */
  readonly responseQualityRatio: number;
  /** Mean of the marks that users gave, 1 (bad) to 5 (good). */
  readonly userSatisfactionPoints: number;
  /** Rated answers in an hour below which their mean says nothing. */
  readonly ratedAnswersMinimumCount: number;
  /** Events in a window below which a share of them says nothing. */
  readonly shareMinimumCount: number;
}

/** Base addresses for links in alerts and dashboards. */
export interface Links {
  /** Address under which `runbooks/<Alert>.md` can be read. */
  readonly runbooks: string;
  /** Address of this environment's Grafana as a person opens it. */
  readonly grafana: string;
}
