import type { IncomingHttpHeaders } from 'node:http';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import { kindOfError } from '../error-kind';
import { stopwatch } from '../stopwatch';
import type { ServiceTelemetry } from '../telemetry';
import { markFailed } from '../tracing/spans';
import type { AnsweredRequest } from './http-metrics';
import type { Method } from './route';

/** A request on its way. */
export interface RequestRecord {
  /** The context of its span. */
  readonly context: Context;
  /** A handler threw; a person should see it if the answer is a failure of the service. */
  threw(error: unknown): void;
  /** The last byte of the answer went out. */
  answered(status: number): AnsweredRequest;
  /** Ends the span; once, whatever happened. */
  end(): void;
}

/** Begins the span of a request, as child of the caller's where its headers name one. */
export function beginRequest(
  telemetry: ServiceTelemetry,
  request: { readonly method: Method; readonly endpoint: string; readonly headers: IncomingHttpHeaders },
): RequestRecord {
  const { method, endpoint, headers } = request;
  const caller = propagation.extract(ROOT_CONTEXT, headers);
  const span = telemetry.tracer.startSpan(
    `${method} ${endpoint}`,
    {
      kind: SpanKind.SERVER,
      attributes: { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_HTTP_ROUTE]: endpoint },
    },
    caller,
  );
  const own = trace.setSpan(caller, span);
  const seconds = stopwatch();
  let thrown: { readonly error: unknown } | undefined;
  return {
    context: own,
    threw: (error) => {
      thrown = { error };
    },
    answered(status) {
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
      if (status >= 500) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        if (thrown !== undefined)
          context.with(own, report, undefined, telemetry, span, request, thrown.error);
      }
      const { traceId, traceFlags } = span.spanContext();
      const kept = telemetry.exportsTraces && (traceFlags & TraceFlags.SAMPLED) !== 0;
      return { method, endpoint, status, seconds: seconds(), ...(kept && { traceId }) };
    },
    end: () => {
      span.end();
    },
  };
}

function report(
  telemetry: ServiceTelemetry,
  span: Span,
  { method, endpoint }: { readonly method: Method; readonly endpoint: string },
  error: unknown,
): void {
  markFailed(span, error);
  telemetry.log.error({ error, kind: kindOfError(error), method, endpoint }, 'request failed');
  telemetry.errors.report(error, { method, endpoint });
}
