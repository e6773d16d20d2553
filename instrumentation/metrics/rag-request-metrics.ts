import { BUCKETS } from './buckets';
import { METHODS } from './label-values';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';

/** Requests of the RAG service, and those that it refuses. */
export function ragRequestMetrics(make: MetricMaker) {
  return {
    requests: make.counter(
      'rag_requests_total',
      'HTTP requests answered, failed ones included.',
      { method: METHODS, endpoint: bounded(50), status: bounded(60) },
      { start: 'absent' },
    ),
    requestDuration: make.histogram(
      'rag_request_duration_seconds',
      "Time from the request's arrival to the last byte of the answer.",
      { method: METHODS, endpoint: bounded(50) },
      { buckets: BUCKETS.latency, start: 'absent' },
    ),
    activeRequests: make.gauge('rag_active_requests', 'Requests that are being answered now.', {}),
    errors: make.counter(
      'rag_errors_total',
      'Requests that failed, by kind of failure. Each is also in rag_requests_total with its status.',
      { type: bounded(20), endpoint: bounded(50) },
      { start: 'absent' },
    ),
    authFailures: make.counter(
      'rag_auth_failures_total',
      'Attempts to sign in, or to use a credential, that failed. Logs say who and from where.',
      {
        reason: [
          'bad_credentials',
          'expired_token',
          'invalid_token',
          'locked_account',
          'missing_credentials',
        ],
      },
    ),
    requestsRefused: make.counter(
      'rag_requests_refused_total',
      'Requests that were refused before any work was done.',
      { reason: ['forbidden', 'rate_limited', 'quota_exceeded', 'too_large', 'prompt_injection'] },
    ),
    policyViolations: make.counter(
      'rag_policy_violations_total',
      'Questions or answers that a content policy stopped or marked.',
      { policy: bounded(20) },
      { start: 'absent' },
    ),
  };
}
