import { BUCKETS } from './buckets';
import { DOCUMENT_STAGES, DOCUMENT_TYPES, METHODS, OUTCOMES } from './label-values';
import type { MetricMaker } from './metric-maker';
import { bounded } from './metric-types';
import type { StartingLabels } from './starting-labels';

/** Metrics of the upload pipeline, as metrics/upload-pipeline.yaml has them. */
export function uploadMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    ...queueMetrics(make, start),
    requests: make.counter(
      'upload_requests_total',
      'HTTP requests to upload a document that were answered, failed ones included.',
      { method: METHODS, endpoint: bounded(20), status: bounded(60) },
      { start: 'absent' },
    ),
    requestDuration: make.histogram(
      'upload_request_duration_seconds',
      "Time from the request's arrival, with the document's bytes, to the last byte of the answer.",
      { method: METHODS, endpoint: bounded(20) },
      { buckets: BUCKETS.latency, start: 'absent' },
    ),
    documentsProcessed: make.counter(
      'upload_documents_processed_total',
      'Documents whose processing ended, by outcome.',
      { status: OUTCOMES, document_type: DOCUMENT_TYPES },
    ),
    documentProcessingDuration: make.histogram(
      'upload_document_processing_duration_seconds',
      'Time of one stage in the processing of a document.',
      { stage: DOCUMENT_STAGES },
      { buckets: BUCKETS.work },
    ),
    errors: make.counter(
      'upload_errors_total',
      'Requests and jobs that failed, by kind of failure.',
      { type: bounded(20) },
      { start: 'absent' },
    ),
  };
}

/** Metrics of the upload pipeline. */
export type UploadMetrics = ReturnType<typeof uploadMetrics>;

function queueMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    queueJobs: make.gauge(
      'upload_queue_jobs',
      'Jobs that wait in a queue. Each process reports the whole queue, so take the maximum and never the sum.',
      { queue: bounded(10) },
      { start: start.queues },
    ),
    queueOldestJobAge: make.gauge(
      'upload_queue_oldest_job_age_seconds',
      'How long the oldest job of a queue has waited; 0 while the queue is empty. Each process reports the whole queue, so take the maximum and never the sum.',
      { queue: bounded(10) },
      { start: start.queues },
    ),
    jobDuration: make.histogram(
      'upload_job_duration_seconds',
      'Time of one job from its start by a worker to its end.',
      { queue: bounded(10) },
      { buckets: BUCKETS.work, start: start.queues },
    ),
  };
}
