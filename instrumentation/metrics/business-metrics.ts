import { BUCKETS } from './buckets';
import { DOCUMENT_TYPES } from './label-values';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';
import type { StartingLabels } from './starting-labels';

/** What users do and how they like it, as metrics/business.yaml has it; the agent service exposes it. */
export function businessMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    usersRegistered: make.counter(
      'business_users_registered_total',
      'Users who registered.',
      { plan: bounded(10) },
      { start: start.plans },
    ),
    activeUsers: make.gauge(
      'business_active_users',
      'Different users in the last day or month, counted in the database. Each process reports the same number, so take the maximum and never the sum.',
      { period: ['day', 'month'] },
    ),
    documentsUploaded: make.counter('business_documents_uploaded_total', 'Documents that users uploaded.', {
      document_type: DOCUMENT_TYPES,
    }),
    chatSessions: make.counter('business_chat_sessions_total', 'Chat sessions that users began.', {}),
    messagesSent: make.counter('business_messages_sent_total', 'Messages in chats, by who wrote them.', {
      role: ['user', 'assistant'],
    }),
    userSatisfactionScore: make.gauge(
      'business_user_satisfaction_score',
      'Mean of the marks that users gave in the last day, 1 (bad) to 5 (good), counted in the database. Each process reports the same number, so take the maximum and never the sum.',
      {},
      { start: 'absent' },
    ),
    responseQualityScore: make.histogram(
      'business_response_quality_score',
      "Quality of an answer as the service's own evaluation sees it, 0 to 1.",
      {},
      { buckets: BUCKETS.ratio },
    ),
  };
}

/** Metrics of users. */
export type BusinessMetrics = ReturnType<typeof businessMetrics>;
