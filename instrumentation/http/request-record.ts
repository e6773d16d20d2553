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
import type { Attributes, Context, Span } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import { kindOfError } from '../error-kind';
import { stopwatch } from '../stopwatch';
import type { ServiceTelemetry } from '../telemetry';
import { markFailed } from '../tracing/spans';
import { CLIENT_GONE } from './failure-kind';
import type { AnsweredRequest } from './http-metrics';
import { UNMATCHED } from './route';
import type { Method } from './route';

/** A request on its way. */
export interface RequestRecord {
  /** The context of its span. */
  readonly context: Context;
  /** The route that takes it is known, where it was not from the start. */
  routed(endpoint: string): void;
  /** A handler threw; a person should see it if the answer is a failure of the service. */
  threw(error: unknown): void;
  /** The last byte of the answer went out. */
  answered(status: number): AnsweredRequest;
  /** The answer broke off: its stream failed, which counts as 500, or the caller went away before its end. */
  brokenOff(): AnsweredRequest;
  /** Ends the span; once, whatever happened. */
  end(): void;
}

/** Begins the span of a request, as child of the caller's where its headers name one. */
export function beginRequest(
  telemetry: ServiceTelemetry,
  request: { readonly method: Method; readonly endpoint: string; readonly headers: IncomingHttpHeaders },
): RequestRecord {
  const { method, headers } = request;
  let { endpoint } = request;
  const caller = propagation.extract(ROOT_CONTEXT, headers);
  const span = telemetry.tracer.startSpan(
    spanName(method, endpoint),
    { kind: SpanKind.SERVER, attributes: { [ATTR_HTTP_REQUEST_METHOD]: method, ...routeOf(endpoint) } },
    caller,
  );
  const own = trace.setSpan(caller, span);
  const seconds = stopwatch();
  let thrown: { readonly error: unknown } | undefined;
  const counted = (status: number): AnsweredRequest => {
    if (status >= 500) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (thrown === undefined) span.setAttribute(ATTR_ERROR_TYPE, String(status));
      else context.with(own, report, undefined, telemetry, span, { method, endpoint }, thrown.error);
    }
    const { traceId, traceFlags } = span.spanContext();
    const kept = telemetry.exportsTraces && (traceFlags & TraceFlags.SAMPLED) !== 0;
    return { method, endpoint, status, seconds: seconds(), ...(kept && { traceId }) };
  };
  return {
    context: own,
    routed: (pattern) => {
      endpoint = pattern;
      span.updateName(spanName(method, endpoint)).setAttributes(routeOf(endpoint));
    },
    threw: (error) => {
      thrown = { error };
    },
    answered(status) {
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
      return counted(status);
    },
    brokenOff: () => counted(thrown === undefined ? CLIENT_GONE : 500),
    end: () => {
      span.end();
    },
  };
}

function spanName(method: Method, endpoint: string): string {
  return endpoint === UNMATCHED ? method : `${method} ${endpoint}`;
}

function routeOf(endpoint: string): Attributes {
  return endpoint === UNMATCHED ? {} : { [ATTR_HTTP_ROUTE]: endpoint };
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
