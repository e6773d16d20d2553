import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { kindOfError } from '../error-kind';

/** A span to be. */
export interface SpanPlan {
  readonly name: string;
  readonly attributes: Attributes;
  /** @default SpanKind.INTERNAL */
  readonly kind?: SpanKind;
}

/** Runs `run` in a span, which ends with it and is marked if it fails. */
export async function withSpan<T>(
  tracer: Tracer,
  { name, attributes, kind = SpanKind.INTERNAL }: SpanPlan,
  run: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer.startSpan(name, { attributes, kind });
  try {
    return await context.with(trace.setSpan(context.active(), span), () => run(span));
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed by the kind of the error: its text may hold what a person asked. */
export function markFailed(span: Span, error: unknown): void {
  span.setAttribute(ATTR_ERROR_TYPE, kindOfError(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}
