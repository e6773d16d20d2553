import type { Labels } from './world';

/** Metrics of the application, where what fails is part of a normal day. */
export const APPLICATION = /^(rag|upload|agent|business|gen_ai)_/;

/**
 * Events a second of one series, where its unit says too little. Queries, requests, tokens and dollars agree with each
 * other: a query is about one call to a model, 1800 tokens and a fiftieth of a cent.
 */
export const TYPICAL_RATES: Readonly<Record<string, number>> = {
  rag_requests_total: 0.05,
  rag_request_duration_seconds: 0.05,
  rag_queries_total: 0.1,
  rag_query_duration_seconds: 0.2,
  rag_stage_duration_seconds: 0.2,
  rag_cost_per_query_dollars: 0.2,
  rag_cost_dollars_total: 0.000007,
  rag_cost_unpriced_tokens_total: 0,
  rag_llm_requests_total: 0.1,
  rag_llm_duration_seconds: 0.1,
  rag_llm_time_to_first_token_seconds: 0.1,
  rag_llm_fallbacks_total: 0.001,
  rag_errors_total: 0.15,
  rag_auth_failures_total: 0.0005,
  rag_requests_refused_total: 0.0004,
  rag_policy_violations_total: 0.0001,
  rag_feedback_total: 0.02,
  upload_requests_total: 0.02,
  upload_request_duration_seconds: 0.02,
  upload_documents_processed_total: 0.02,
  upload_errors_total: 0.002,
  business_users_registered_total: 0.0004,
  business_documents_uploaded_total: 0.005,
  business_chat_sessions_total: 0.01,
  business_messages_sent_total: 0.06,
  container_cpu_usage_seconds_total: 0.5,
  pg_stat_database_xact_commit: 20,
  pg_stat_database_xact_rollback: 0.1,
  pg_stat_database_blks_hit: 900,
  pg_stat_database_blks_read: 12,
};

/** Middle value of a histogram of the application, where its unit says too little. */
const TYPICAL_MIDDLES: Readonly<Record<string, number>> = {
  rag_request_duration_seconds: 0.3,
  rag_query_duration_seconds: 0.45,
  rag_stage_duration_seconds: 0.5,
  rag_vector_search_duration_seconds: 0.04,
  rag_llm_time_to_first_token_seconds: 0.35,
  rag_db_query_duration_seconds: 0.06,
  rag_cost_per_query_dollars: 0.00017,
  upload_document_processing_duration_seconds: 3,
  upload_job_duration_seconds: 8,
  agent_chat_response_duration_seconds: 1.8,
  agent_workflow_duration_seconds: 3,
  agent_session_duration_seconds: 15,
};

/** How long a stage takes, as a share of the middle. */
const STAGES: Readonly<Record<string, number>> = {
  embed: 0.1,
  retrieve: 0.25,
  rerank: 0.2,
  parse: 0.6,
  chunk: 0.1,
  index: 0.3,
};

/** The middle of a histogram of the application; nothing where its unit says enough. */
export function typicalMiddle(name: string, { stage = '' }: Labels): number | undefined {
  const middle = TYPICAL_MIDDLES[name];
  return middle === undefined ? undefined : middle * (STAGES[stage] ?? 1);
}

/** Values of a gauge by the value of one label. */
const LEVELS_BY_LABEL: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  business_active_users: { day: 240, month: 1900 },
  pg_stat_activity_count: { active: 4, idle: 12, 'idle in transaction': 1 },
  rag_db_connections: { active: 4, idle: 8 },
};

/** The level of a gauge whose label tells it: what the label's other values have is 0. */
export function typicalLevel(name: string, labels: Labels): number | undefined {
  const levels = LEVELS_BY_LABEL[name];
  return levels && (Object.values(labels).flatMap((value) => levels[value] ?? [])[0] ?? 0);
}
