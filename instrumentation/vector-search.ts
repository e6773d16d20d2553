import { SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_DATA_SOURCE_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL,
} from '@opentelemetry/semantic-conventions/incubating';
import type { SearchResult } from './outcomes';
import { stopwatch } from './stopwatch';
import type { RagTelemetry } from './telemetry';
import { withSpan } from './tracing/spans';

/** Runs one search in the vector store: its time, result, best score and number of documents. */
export async function vectorSearch<T extends SearchResult>(
  telemetry: RagTelemetry,
  { index }: { readonly index: string },
  run: () => Promise<T>,
): Promise<T> {
  if (!telemetry.enabled) return run();
  const attributes = {
    [ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL,
    [ATTR_GEN_AI_DATA_SOURCE_ID]: index,
  };
  const plan = { name: `retrieval ${index}`, attributes, kind: SpanKind.CLIENT };
  return withSpan(telemetry.tracer, plan, async (span) => {
    const { rag } = telemetry;
    const seconds = stopwatch();
    try {
      const found = await run();
      const documents = found.scores.length;
      span.setAttribute('rag.retrieved_documents', documents);
      rag.retrievals.inc({ index, result: documents === 0 ? 'empty' : 'hit' });
      rag.retrievalDocuments.observe({ index }, documents);
      if (documents > 0) rag.retrievalTopScore.observe({ index }, Math.max(...found.scores));
      return found;
    } catch (error) {
      rag.retrievals.inc({ index, result: 'error' });
      throw error;
    } finally {
      rag.vectorSearchDuration.observe({ index }, seconds());
    }
  });
}
