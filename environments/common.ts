import type { Application, AwsAccount, ReceiverSettings, Thresholds } from './environment';

/** The services of the application, the same wherever it runs. */
export const applications: readonly Application[] = [
  { name: 'rag-api', metricsPort: 8000 },
  { name: 'upload-pipeline', metricsPort: 8000 },
  { name: 'agent-api', metricsPort: 8000 },
];

/** Where `runbooks/` of this repository can be read. */
export const runbooks = 'https://github.com/example-org/rag-monitoring/blob/main/runbooks';

/** The team's account. Replace the number by your own: Terraform refuses to work in any other account. */
export const account: Pick<AwsAccount, 'accountId' | 'region'> = {
  accountId: '111122223333',
  region: 'ap-southeast-2',
};

/** Bucket of the Terraform state, one for all environments; the key in it carries the environment. */
export const stateBucket = 'example-org-rag-monitoring-state';

/** Tags of every AWS resource. */
export const tags = { Team: 'platform', CostCentre: 'rag' };

/** Addresses that a team's numbers start from; production differs where it says so. */
export const thresholds: Thresholds = {
  costPerQueryDollars: 0.05,
  costPerQueryP99Dollars: 0.5,
  dailyBudgetDollars: 10,
  errorRatio: 0.05,
  latencyP95Seconds: 2,
  cpuUtilisationRatio: 0.8,
  errorWarningRatio: 0.01,
  errorMinimumCount: 5,
  latencyP95CriticalSeconds: 10,
  queryP95Seconds: 2,
  queryP95CriticalSeconds: 8,
  percentileMinimumCount: 20,
  retrievalP95Seconds: 0.5,
  vectorSearchP95Seconds: 0.3,
  generationP95Seconds: 5,
  firstTokenP95Seconds: 3,
  uptimeRatio: 0.995,
  trafficRequestsPerSecond: 0.05,
  cacheHitRatio: 0.3,
  costPerQueryP95Dollars: 0.1,
  dailyBurnDollars: 100,
  monthlyBudgetDollars: 300,
  tokenSpikeFactor: 2,
  tokenSpikeTokensPerSecond: 100,
  contextGrowthFactor: 1.5,
  priceTableAgeSeconds: 90 * 24 * 60 * 60,
  providerRateLimitedRatio: 0.05,
  providerFailedRatio: 0.1,
  providerFailedCriticalRatio: 0.5,
  fallbackRatio: 0.1,
  rateLimitRemainingCount: 100,
  emptyRetrievalRatio: 0.1,
  retrievalFailedRatio: 0.05,
  retrievalScoreDropRatio: 0.15,
  indexAgeSeconds: 26 * 60 * 60,
  relevanceRatio: 0.7,
  contextPrecisionRatio: 0.6,
  ungroundedRatio: 0.1,
  qualityDropRatio: 0.07,
  evaluationStalledQueriesCount: 100,
  negativeFeedbackRatio: 0.3,
  documentProcessingP95Seconds: 60,
  documentStageP95Seconds: 30,
  documentFailedRatio: 0.1,
  uploadP95Seconds: 10,
  uploadQueueJobsCount: 100,
  uploadQueueAgeWarningSeconds: 900,
  uploadQueueAgeCriticalSeconds: 3600,
  chatP95Seconds: 10,
  workflowFailedRatio: 0.1,
  agentLlmFailedRatio: 0.1,
  activeSessionsCount: 500,
  activeSessionsLeftRatio: 0.5,
  databaseConnectionsRatio: 0.9,
  databaseQueryP95Seconds: 1,
  databaseTransactionSeconds: 600,
  replicationLagWarningSeconds: 30,
  replicationLagCriticalSeconds: 300,
  databaseDeadlocksCount: 5,
  databaseStorageBytes: 100 * 1024 ** 3,
  databaseStorageWarningRatio: 0.8,
  databaseStorageCriticalRatio: 0.9,
  databaseStorageFullInSeconds: 4 * 24 * 60 * 60,
  failedLoginsWarningCount: 50,
  failedLoginsCriticalCount: 500,
  failedLoginsSpikeFactor: 5,
  refusedRequestsCount: 100,
  promptInjectionsCount: 10,
  policyViolationsCount: 5,
  responseQualityRatio: 0.7,
  userSatisfactionPoints: 4,
  ratedAnswersMinimumCount: 30,
  shareMinimumCount: 10,
  containerCpuLimitRatio: 0.9,
  containerMemoryLimitRatio: 0.9,
  diskFreeWarningRatio: 0.15,
  diskFreeCriticalRatio: 0.05,
  diskFullInSeconds: 4 * 24 * 60 * 60,
  clockOffsetSeconds: 0.05,
  apiServerErrorRatio: 0.03,
  targetsDownRatio: 0.1,
  sampleLimitRatio: 0.8,
  certificateExpiryWarningSeconds: 14 * 24 * 60 * 60,
  certificateExpiryCriticalSeconds: 3 * 24 * 60 * 60,
};

/** Slack and e-mail, for the environments that page nobody. */
export const teamReceivers: ReceiverSettings = {
  slack: { botToken: { name: 'alertmanager-receivers', key: 'slack-bot-token' } },
  email: {
    from: 'alerts@example.org',
    to: ['rag-team@example.org'],
    smarthost: 'email-smtp.ap-southeast-2.amazonaws.com:587',
    username: 'smtp-user',
    password: { name: 'alertmanager-receivers', key: 'smtp-password' },
  },
};
