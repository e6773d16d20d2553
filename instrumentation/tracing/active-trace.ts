import { context, propagation, trace, TraceFlags } from '@opentelemetry/api';

/** Ids of the active span. */
export interface ActiveTrace {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether the trace is kept. */
  readonly sampled: boolean;
}

/** The span that runs now; undefined outside of one. */
export function activeTrace(): ActiveTrace | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined) return undefined;
  const sampled = (span.traceFlags & TraceFlags.SAMPLED) !== 0;
  return { traceId: span.traceId, spanId: span.spanId, sampled };
}

/**
 * A trace id as X-Ray writes it: `1-`, eight digits of time, `-`, the other 24. It is the same id that Jaeger shows in
 * one piece.
 */
export function xrayTraceId(traceId: string): string {
  return `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
}

/** Headers that carry the trace to the service that is called next. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
