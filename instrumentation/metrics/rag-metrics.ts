import type { MetricMaker } from './metric-maker';
import { ragCostMetrics, ragModelMetrics } from './rag-model-metrics';
import { ragProcessMetrics } from './rag-process-metrics';
import { ragQualityMetrics, ragQueryMetrics, ragRetrievalMetrics } from './rag-query-metrics';
import { ragRequestMetrics } from './rag-request-metrics';
import type { StartingLabels } from './starting-labels';

/** Metrics of the RAG service, as metrics/rag-api.yaml has them. */
export function ragMetrics(make: MetricMaker, start: StartingLabels) {
  return {
    ...ragRequestMetrics(make),
    ...ragQueryMetrics(make, start),
    ...ragRetrievalMetrics(make, start),
    ...ragQualityMetrics(make),
    ...ragModelMetrics(make, start),
    ...ragCostMetrics(make, start),
    ...ragProcessMetrics(make),
  };
}

/** Metrics of the RAG service. */
export type RagMetrics = ReturnType<typeof ragMetrics>;
