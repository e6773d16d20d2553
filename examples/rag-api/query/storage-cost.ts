import type { RagTelemetry } from '../../../instrumentation';
import type { VectorIndex } from '../retrieval/vector-index';

/** Dollars for a GB in a month, as vector stores charge. */
const DOLLARS_PER_GB_MONTH = 0.33;

const SECONDS_OF_MONTH = 30 * 24 * 60 * 60;

/** Counts what the index costs for as long as it is kept; returns what stops it. */
export function countStorageCost({ rag }: RagTelemetry, index: VectorIndex, everySeconds = 10): () => void {
  const timer = setInterval(() => {
    const dollarsPerSecond = ((index.bytes / 1e9) * DOLLARS_PER_GB_MONTH) / SECONDS_OF_MONTH;
    rag.cost.inc({ service: 'storage', model: 'none' }, dollarsPerSecond * everySeconds);
  }, everySeconds * 1000);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
