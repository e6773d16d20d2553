import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { httpTelemetry } from '../../../instrumentation';
import type { ServiceName } from '../../../instrumentation';
import { agentService } from '../chat/agent-service';
import { ragService } from '../query/rag-service';
import { uploadService } from '../upload/upload-service';
import { requireApiKey } from './auth';
import { closerOf, within } from './close-server';
import { Faults } from './faults';
import { faultsRoute } from './faults-route';
import { HttpError } from './http-error';
import { MemoryLeak } from './memory-leak';
import type { Service } from './service';
import type { Settings } from './settings';

/** A service that answers. */
export interface Running {
  readonly url: string;
  readonly faults: Faults;
  /** Says that it is not ready, lets requests end, and sends what is left of traces and costs. */
  stop(): Promise<void>;
}

/** Longest that requests under way may take to their end, and after them jobs, in milliseconds. */
const LONGEST = { requests: 10_000, jobs: 3000 };

/** Largest document, in bytes. */
const LARGEST_BODY = 5 * 1024 * 1024;

const SERVICES: Readonly<Record<ServiceName, (settings: Settings, faults: Faults) => Service>> = {
  'rag-api': ragService,
  'upload-pipeline': uploadService,
  'agent-api': agentService,
};

/** Starts the service that the settings name. */
export async function run(settings: Settings): Promise<Running> {
  const faults = new Faults();
  const leak = new MemoryLeak(faults);
  const service = SERVICES[settings.service](settings, faults);
  const { telemetry } = service;
  let stopping = false;
  // A connection that nobody uses does not hold up the end.
  const server = fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: 'idle' });
  await server.register(httpTelemetry, { telemetry });
  answerErrors(server);
  if (settings.apiKey !== undefined) {
    requireApiKey(server, settings.apiKey, (reason) => service.onUnauthorised?.(reason));
  }
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', () => {
    if (stopping || !service.isReady()) throw new HttpError(503, 'not_ready', 'not ready');
    return { status: 'ready' };
  });
  if (settings.faults) faultsRoute(server, faults);
  // A caller keeps its connection for the next request, and there is none: without this the end would wait for it.
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done();
  });
  service.routes(server);
  const close = closerOf(server);
  const url = await server.listen({ host: settings.host, port: settings.port });
  telemetry.log.info({ url }, 'the service answers');
  return {
    url,
    faults,
    stop: async () => {
      stopping = true;
      // Whoever sends requests here learns of it by asking, and that takes a while.
      await sleep(settings.drainSeconds * 1000);
      await close(LONGEST.requests);
      leak.stop();
      await within(LONGEST.jobs, service.stop());
      telemetry.log.info('the service has stopped');
      await telemetry.shutdown();
    },
  };
}

/** Tells a caller what is wrong with the request, and of faults of the service only that there is one. */
function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const message = status < 500 ? error.message : 'the service could not do this';
    return reply.code(status).send({ status, code: error.code ?? 'internal', message });
  });
}
