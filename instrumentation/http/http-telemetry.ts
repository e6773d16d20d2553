import { Stream } from 'node:stream';
import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import { context } from '@opentelemetry/api';
import { CONTENT_TYPES, exposition, formatFor } from '../metrics/exposition';
import type { ServiceTelemetry } from '../telemetry';
import { httpMetrics } from './http-metrics';
import { beginRequest } from './request-record';
import type { RequestRecord } from './request-record';
import { countedMethod, METRICS_PATH, routePattern, UNOBSERVED } from './route';

/** What the plugin is told. */
export interface HttpTelemetryOptions {
  readonly telemetry: ServiceTelemetry;
}

/**
 * Fastify plugin: counts and times requests by route, runs each in a span with the caller's trace as parent, reports
 * errors, and serves /metrics, in OpenMetrics with exemplars to a scraper that asks for it. Register it before routes.
 */
export const httpTelemetry: FastifyPluginCallback<HttpTelemetryOptions> = (server, { telemetry }, done) => {
  server.get(METRICS_PATH, async (request, reply) => {
    const format = formatFor(request.headers.accept);
    return reply
      .header('content-type', CONTENT_TYPES[format])
      .send(await exposition(telemetry.registry, format));
  });
  if (telemetry.enabled) observeRequests(server, telemetry);
  done();
};

// Hooks of a plugin count for its own routes only, unless it says that it makes no context of its own.
Object.defineProperty(httpTelemetry, Symbol.for('skip-override'), { value: true });

function observeRequests(server: Parameters<FastifyPluginCallback>[0], telemetry: ServiceTelemetry): void {
  const metrics = httpMetrics(telemetry);
  const records = new WeakMap<FastifyRequest, RequestRecord>();

  server.addHook('onRoute', ({ method, url }) => {
    const endpoint = routePattern(url);
    if (UNOBSERVED.has(endpoint)) return;
    for (const name of [method].flat()) {
      const counted = countedMethod(name);
      if (counted !== undefined) metrics.registered({ method: counted, endpoint });
    }
  });

  server.addHook('onRequest', (request, reply, next) => {
    const method = countedMethod(request.method);
    const endpoint = routePattern(request.routeOptions.url);
    if (method === undefined || UNOBSERVED.has(endpoint)) {
      next();
      return;
    }
    const record = beginRequest(telemetry, { method, endpoint, headers: request.headers });
    records.set(request, record);
    metrics.begun();
    // Once, however the request ends. An answer that did not go out to its end has no onResponse.
    reply.raw.once('close', () => {
      metrics.ended();
      if (!reply.raw.writableFinished) metrics.answered(record.brokenOff());
      record.end();
    });
    context.with(record.context, next);
  });

  // Reading a body loses the context: its events are the socket's. From here on it is the request's again.
  server.addHook('preValidation', (request, _reply, next) => {
    const record = records.get(request);
    if (record === undefined) next();
    else context.with(record.context, next);
  });

  server.addHook('onError', (request, _reply, error, next) => {
    records.get(request)?.threw(error);
    next();
  });

  // What fails in a stream after its status went out is no error to Fastify.
  server.addHook('onSend', (request, _reply, payload, next) => {
    if (payload instanceof Stream) payload.once('error', (error) => records.get(request)?.threw(error));
    next();
  });

  server.addHook('onResponse', (request, reply, next) => {
    const record = records.get(request);
    if (record !== undefined) metrics.answered(record.answered(reply.statusCode));
    next();
  });
}
