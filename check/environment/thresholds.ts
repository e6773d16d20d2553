import { z } from 'zod';
import type { Thresholds } from '../../environments/environment';
import { positive, ratio } from './fields';

/** The shape of `thresholds`: shares are above 0 and up to 1, everything else is above 0. */
export const thresholdsSchema = z.strictObject({
  costPerQueryDollars: positive,
  costPerQueryP99Dollars: positive,
  dailyBudgetDollars: positive,
  errorRatio: ratio,
  latencyP95Seconds: positive,
  cpuUtilisationRatio: ratio,
  // Upload pipeline
  documentProcessingP95Seconds: positive,
  documentStageP95Seconds: positive,
  documentFailedRatio: ratio,
  uploadP95Seconds: positive,
  uploadQueueJobsCount: positive,
  uploadQueueAgeWarningSeconds: positive,
  uploadQueueAgeCriticalSeconds: positive,
  // Agent
  chatP95Seconds: positive,
  workflowFailedRatio: ratio,
  agentLlmFailedRatio: ratio,
  activeSessionsCount: positive,
  // Database
  databaseConnectionsRatio: ratio,
  databaseQueryP95Seconds: positive,
  databaseTransactionSeconds: positive,
  replicationLagWarningSeconds: positive,
  replicationLagCriticalSeconds: positive,
  databaseDeadlocksCount: positive,
  databaseStorageBytes: positive,
  databaseStorageWarningRatio: ratio,
  databaseStorageCriticalRatio: ratio,
  databaseStorageFullInSeconds: positive,
  // Security
  failedLoginsWarningCount: positive,
  failedLoginsCriticalCount: positive,
  failedLoginsSpikeFactor: positive,
  refusedRequestsCount: positive,
  promptInjectionsCount: positive,
  policyViolationsCount: positive,
  // Quality and users
  responseQualityRatio: ratio,
  userSatisfactionPoints: positive,
  ratedAnswersMinimumCount: positive,
  // Any share
  shareMinimumCount: positive,
}) satisfies z.ZodType<Thresholds>;
