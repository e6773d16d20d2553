import { BUCKETS } from './buckets';
import { EVALUATORS, MOST_DOMAINS, OUTCOMES, QUERY_STAGES } from './label-values';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';
import type { StartingLabels } from './starting-labels';

/** Queries, their stages, and the caches before them. */
export function ragQueryMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    queries: make.counter(
      'rag_queries_total',
      'RAG queries answered, by outcome. A query is one question, however many calls it takes.',
      { status: OUTCOMES, domain: bounded(MOST_DOMAINS) },
      { start: start.domains },
    ),
    queryDuration: make.histogram(
      'rag_query_duration_seconds',
      'Time from a question to its answer, retrieval and generation included.',
      {},
      { buckets: BUCKETS.latency },
    ),
    stageDuration: make.histogram(
      'rag_stage_duration_seconds',
      'Time of one stage of a query.',
      { stage: QUERY_STAGES },
      { buckets: BUCKETS.latency },
    ),
    cacheRequests: make.counter(
      'rag_cache_requests_total',
      'Look-ups in a cache of the service, by result.',
      { cache: ['semantic', 'embedding'], result: ['hit', 'miss'] },
    ),
  };
}

/** Searches in the vector store. */
export function ragRetrievalMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    vectorSearchDuration: make.histogram(
      'rag_vector_search_duration_seconds',
      'Time of one search in the vector store.',
      { index: bounded(20) },
      { buckets: BUCKETS.latency, start: start.indexes },
    ),
    retrievals: make.counter(
      'rag_retrievals_total',
      'Searches for documents, by result. A search that finds nothing above the cut-off is empty.',
      { index: bounded(20), result: ['hit', 'empty', 'error'] },
      { start: start.indexes },
    ),
    retrievalTopScore: make.histogram(
      'rag_retrieval_top_score',
      'Similarity of the best document of a search, 0 to 1. Empty and failed searches are not in it.',
      { index: bounded(20) },
      { buckets: BUCKETS.ratio, start: start.indexes },
    ),
    retrievalDocuments: make.histogram(
      'rag_retrieval_documents',
      'Documents that one search gave to the model.',
      { index: bounded(20) },
      { buckets: BUCKETS.documents, start: start.indexes },
    ),
    indexLastSuccessTimestamp: make.gauge(
      'rag_index_last_success_timestamp_seconds',
      'When the index was last brought up to date without an error, as Unix time.',
      { index: bounded(20) },
      { start: 'absent' },
    ),
  };
}

/** What evaluators and readers think of answers. */
export function ragQualityMetrics(make: MetricMaker) {
  return {
    evalScore: make.histogram(
      'rag_eval_score',
      'Score that an evaluator gave to a sampled answer, 0 to 1.',
      { evaluator: EVALUATORS },
      { buckets: BUCKETS.ratio },
    ),
    evalVerdicts: make.counter('rag_eval_verdicts_total', "Sampled answers by an evaluator's verdict.", {
      evaluator: EVALUATORS,
      verdict: ['pass', 'fail'],
    }),
    feedback: make.counter('rag_feedback_total', 'Votes of readers on answers.', { rating: ['up', 'down'] }),
  };
}
