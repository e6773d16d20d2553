import type { IncomingMessage, ServerResponse } from 'node:http';
import { context } from '@opentelemetry/api';
import { CONTENT_TYPES, exposition, formatFor } from '../metrics/exposition';
import type { ServiceTelemetry } from '../telemetry';
import { httpMetrics } from './http-metrics';
import { beginRequest } from './request-record';
import { countedMethod, routePattern, UNMATCHED, UNOBSERVED } from './route';

/** A request to any server that is built on Node's own, as Express is. */
export interface NodeRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /**
   * The pattern of the route that took it, such as `/documents/:id`; undefined where none did. It is asked when the request
   * has ended, as a framework knows it late. Never answer a path.
   */
  readonly route: () => string | undefined;
}

/**
 * Counts and times a request by its route and runs `next` in a span of it, with the caller's trace as parent: what
 * {@link httpTelemetry} does for Fastify. What a handler throws is not seen here: hand it to `telemetry.errors.report`.
 */
export function observeRequest(
  telemetry: ServiceTelemetry,
  { request, response, route }: NodeRequest,
  next: () => void,
): void {
  const method = countedMethod(request.method ?? '');
  const path = request.url?.split('?')[0] ?? '';
  if (!telemetry.enabled || method === undefined || UNOBSERVED.has(path)) {
    next();
    return;
  }
  const metrics = httpMetrics(telemetry);
  const record = beginRequest(telemetry, { method, endpoint: UNMATCHED, headers: request.headers });
  metrics.begun();
  response.once('close', () => {
    metrics.ended();
    record.routed(routePattern(route()));
    metrics.answered(response.writableFinished ? record.answered(response.statusCode) : record.brokenOff());
    record.end();
  });
  // The events of a body are the socket's; whoever reads it goes on in the request's context.
  context.bind(record.context, request);
  context.with(record.context, next);
}

/** Answers a request for /metrics, in OpenMetrics with exemplars to a scraper that asks for it. */
export async function serveMetrics(
  { registry }: ServiceTelemetry,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const format = formatFor(request.headers.accept);
  const text = await exposition(registry, format);
  response.writeHead(200, { 'content-type': CONTENT_TYPES[format] }).end(text);
}
