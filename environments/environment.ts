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
  /**
   * CPU in use, 0 to 1: of what the pods request it is the autoscaler's target, of what a node has it is the threshold
   * of the alert HighCPU.
   */
  readonly cpuUtilisationRatio: number;
  /** Share of requests that fail, 0 to 1, that is worth a ticket; `errorRatio` is worth a page. */
  readonly errorWarningRatio: number;
  /** Failures in a window below which their share says nothing: one failed request of ten is no outage. */
  readonly errorMinimumCount: number;
  /** 95th percentile of the request duration that is worth a page, seconds; `latencyP95Seconds` is worth a ticket. */
  readonly latencyP95CriticalSeconds: number;
  /** 95th percentile of the time from a question to its answer, seconds. */
  readonly queryP95Seconds: number;
  /** 95th percentile of the time from a question to its answer that is worth a page, seconds. */
  readonly queryP95CriticalSeconds: number;
  /** Measurements in a window below which their 95th percentile is nothing but the slowest of them. */
  readonly percentileMinimumCount: number;
  /** 95th percentile of the retrieval stage of a query, seconds. */
  readonly retrievalP95Seconds: number;
  /** 95th percentile of one search in the vector store, seconds: a part of the retrieval stage. */
  readonly vectorSearchP95Seconds: number;
  /** 95th percentile of the generation stage of a query, seconds. */
  readonly generationP95Seconds: number;
  /** 95th percentile of the time from a streaming call to the first piece of its answer, seconds. */
  readonly firstTokenP95Seconds: number;
  /** Share of the time that a service must be up, 0 to 1. */
  readonly uptimeRatio: number;
  /** Requests for each second above which the service counts as used, so that none at all is news. */
  readonly trafficRequestsPerSecond: number;
  /** Share of look-ups that a cache should answer, 0 to 1. */
  readonly cacheHitRatio: number;
  /** 95th percentile of the cost of a query, USD. */
  readonly costPerQueryP95Dollars: number;
  /** Cost of 24 hours at the pace of now that is worth a page, USD. */
  readonly dailyBurnDollars: number;
  /** Cost of queries in a month, USD. The bill of AWS has a budget of its own: `aws.monthlyBudgetDollars`. */
  readonly monthlyBudgetDollars: number;
  /** How many times the busiest hour of the last week counts as a spike of tokens. */
  readonly tokenSpikeFactor: number;
  /** Tokens of one model for each second below which no spike is told. */
  readonly tokenSpikeTokensPerSecond: number;
  /** How many times the input tokens of a query of the days before count as grown. */
  readonly contextGrowthFactor: number;
  /** Age of the table of model prices from which on it is likely to be wrong, seconds. */
  readonly priceTableAgeSeconds: number;
  /** Share of the calls to a language model that the provider refuses for their rate, 0 to 1. */
  readonly providerRateLimitedRatio: number;
  /** Share of the calls to a language model that fail or time out, 0 to 1, that is worth a ticket. */
  readonly providerFailedRatio: number;
  /** Share of the calls to a language model that fail or time out, 0 to 1, that is worth a page. */
  readonly providerFailedCriticalRatio: number;
  /** Share of the calls to language models that are made because another model failed, 0 to 1. */
  readonly fallbackRatio: number;
  /** Requests that a provider should still allow in its current window. */
  readonly rateLimitRemainingCount: number;
  /** Share of searches that find no document, 0 to 1. */
  readonly emptyRetrievalRatio: number;
  /** Share of searches that fail, 0 to 1. */
  readonly retrievalFailedRatio: number;
  /** Fall of the mean similarity of the best document against the week before, as a share of it, 0 to 1. */
  readonly retrievalScoreDropRatio: number;
  /** Time since an index was last brought up to date, seconds: a daily run and two hours. */
  readonly indexAgeSeconds: number;
  /** Median relevance that answers should reach, 0 to 1. */
  readonly relevanceRatio: number;
  /** Median precision of the retrieved context that answers should reach, 0 to 1. */
  readonly contextPrecisionRatio: number;
  /** Share of answers that the retrieved documents do not support, 0 to 1. */
  readonly ungroundedRatio: number;
  /** Fall of an evaluator's mean score against the week before, as a share of it, 0 to 1. */
  readonly qualityDropRatio: number;
  /** Questions in 6 hours of which evaluators must have scored at least one answer. */
  readonly evaluationStalledQueriesCount: number;
  /** Share of votes on answers that are negative, 0 to 1. */
  readonly negativeFeedbackRatio: number;
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
  /** Share of the chat sessions of 10 minutes ago that are left; below it they were lost, 0 to 1. */
  readonly activeSessionsLeftRatio: number;
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
  /** CPU of a container as a share of its limit, 0 to 1; a container without a limit is never compared. */
  readonly containerCpuLimitRatio: number;
  /** Memory of a container that cannot be taken back, as a share of its limit, 0 to 1. */
  readonly containerMemoryLimitRatio: number;
  /** Free share of a volume or of a node's disk from which on its growth is watched, 0 to 1. */
  readonly diskFreeWarningRatio: number;
  /** Free share of a volume or of a node's disk that is worth a page, 0 to 1. */
  readonly diskFreeCriticalRatio: number;
  /** How far ahead the growth of a volume or of a node's disk is carried on, seconds. */
  readonly diskFullInSeconds: number;
  /** How far a node's clock may be from the right time, either way, seconds. */
  readonly clockOffsetSeconds: number;
  /** Share of the Kubernetes API server's answers that are its own faults, 0 to 1. */
  readonly apiServerErrorRatio: number;
  /** Share of one scrape job's targets that are down, 0 to 1. */
  readonly targetsDownRatio: number;
  /** Samples of a scrape as a share of the target's limit, 0 to 1. */
  readonly sampleLimitRatio: number;
  /** Time that a probed certificate is still good for, from which on it is worth a ticket, seconds. */
  readonly certificateExpiryWarningSeconds: number;
  /** Time that a probed certificate is still good for, from which on it is worth a page, seconds. */
  readonly certificateExpiryCriticalSeconds: number;
}

/** Base addresses for links in alerts and dashboards. */
export interface Links {
  /** Address under which `runbooks/<Alert>.md` can be read. */
  readonly runbooks: string;
  /** Address of this environment's Grafana as a person opens it. */
  readonly grafana: string;
}
