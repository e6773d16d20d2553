import type { Attributes } from '@opentelemetry/api';
import type { QueryStage } from './metrics/label-values';
import { stopwatch } from './stopwatch';
import type { RagTelemetry, ServiceTelemetry } from './telemetry';
import { withSpan } from './tracing/spans';

/** Runs one stage of a query, timed whether it fails or not, in a span of its name. */
export async function stage<T>(
  telemetry: RagTelemetry,
  name: QueryStage,
  attributes: Attributes,
  run: () => Promise<T>,
): Promise<T> {
  if (!telemetry.enabled) return run();
  return withSpan(telemetry.tracer, { name, attributes: { ...attributes, 'rag.stage': name } }, async () => {
    const seconds = stopwatch();
    try {
      return await run();
    } finally {
      telemetry.rag.stageDuration.observe({ stage: name }, seconds());
    }
  });
}

/** Runs anything else in a span of its own. */
export async function inSpan<T>(
  telemetry: ServiceTelemetry,
  name: string,
  attributes: Attributes,
  run: () => Promise<T>,
): Promise<T> {
  if (!telemetry.enabled) return run();
  return withSpan(telemetry.tracer, { name, attributes }, run);
}
