import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { httpTelemetry, startTelemetry, traceHeaders } from '../../../instrumentation';
import type { RagTelemetry, ServiceTelemetry } from '../../../instrumentation';
import { eventually } from '../../support/eventually';
import { keptLines, ragTelemetry, seriesValue } from '../support';
import type { KeptLines } from '../support';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

interface Running {
  readonly url: string;
}

const servers: FastifyInstance[] = [];

async function running(
  telemetry: ServiceTelemetry,
  routes: (server: FastifyInstance) => void,
): Promise<Running> {
  const server = Fastify();
  servers.push(server);
  await server.register(httpTelemetry, { telemetry });
  routes(server);
  return { url: await server.listen({ port: 0, host: '127.0.0.1' }) };
}

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

describe('requests to a service', () => {
  let telemetry: RagTelemetry & { readonly kept: KeptLines };
  let url: string;

  beforeAll(async () => {
    telemetry = ragTelemetry();
    ({ url } = await running(telemetry, (server) => {
      server.get('/documents/:id', () => ({}));
      server.post('/query', () => ({ headers: traceHeaders() }));
      server.get('/broken', () => {
        throw new Error('who is Lovelace?');
      });
      server.get('/busy', (_request, reply) => reply.code(429).send({}));
      server.get('/healthz', () => 'ok');
      server.get('/readyz', (_request, reply) => reply.code(503).send({}));
    }));
  });

  const count = (labels: Record<string, string>) => seriesValue(telemetry, 'rag_requests_total', labels);
  const errors = (labels: Record<string, string>) => seriesValue(telemetry, 'rag_errors_total', labels);

  it('of each route have failures of 0 before the first, so that the first one is an increase', async () => {
    for (const [method, endpoint] of [
      ['GET', '/documents/{id}'],
      ['POST', '/query'],
    ] as const) {
      expect(await count({ method, endpoint, status: '500' })).toBe(0);
      expect(await errors({ type: 'internal', endpoint })).toBe(0);
    }
    expect(await count({ endpoint: '/healthz', status: '500' })).toBeUndefined();
  });

  it('are counted by the pattern of their route, never by their path', async () => {
    await fetch(`${url}/documents/17`);
    await fetch(`${url}/documents/18?full=1`);
    expect(await count({ method: 'GET', endpoint: '/documents/{id}', status: '200' })).toBe(2);
    const duration = { method: 'GET', endpoint: '/documents/{id}' };
    expect(await seriesValue(telemetry, 'rag_request_duration_seconds_count', duration)).toBe(2);
  });

  it('are counted as unmatched where no route takes them, whatever their path', async () => {
    await fetch(`${url}/wp-login.php`);
    expect(await count({ endpoint: 'unmatched', status: '404' })).toBe(1);
    expect(await errors({ type: 'not_found', endpoint: 'unmatched' })).toBe(1);
  });

  it('have a span named by their route, and by their method where there is none, as the HTTP conventions ask', async () => {
    const started = jest.spyOn(telemetry.tracer, 'startSpan');
    await fetch(`${url}/documents/17`);
    await fetch(`${url}/wp-login.php`);
    const spans = started.mock.calls.map(([name, options]) => [name, options?.attributes]);
    started.mockRestore();
    expect(spans).toEqual([
      ['GET /documents/{id}', { 'http.request.method': 'GET', 'http.route': '/documents/{id}' }],
      ['GET', { 'http.request.method': 'GET' }],
    ]);
  });

  it('that fail are errors by kind, and those of the service are logged with their trace, without their text', async () => {
    await fetch(`${url}/broken`, { headers: { traceparent: PARENT } });
    await fetch(`${url}/busy`);
    expect(await errors({ type: 'internal', endpoint: '/broken' })).toBe(1);
    expect(await errors({ type: 'rate_limited', endpoint: '/busy' })).toBe(1);
    const failed = telemetry.kept.lines().filter(({ message }) => message === 'request failed');
    expect(failed).toMatchObject([{ endpoint: '/broken', trace_id: '0af7651916cd43dd8448eb211c80319c' }]);
    expect(telemetry.kept.text()).not.toContain('Lovelace');
  });

  it('run in a span of the trace that the caller began, after a body was read as well', async () => {
    const answer = await fetch(`${url}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: PARENT },
      body: JSON.stringify({ question: 'x'.repeat(200_000) }),
    });
    const { headers } = (await answer.json()) as { headers: Record<string, string> };
    expect(headers['traceparent']).toMatch(
      /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/,
    );
  });

  it('of probes and of the metrics themselves are not counted', async () => {
    await fetch(`${url}/healthz`);
    await fetch(`${url}/readyz`);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('rag_requests_total');
    expect(text).not.toMatch(/endpoint="\/(healthz|readyz|metrics)"/);
  });

  it('are no longer active when they end, even where the caller went away', async () => {
    const { url: own } = await running(telemetry, (server) => {
      server.get('/slow', async () => {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return {};
      });
    });
    const socket = connect(Number(new URL(own).port), '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    const active = () => seriesValue(telemetry, 'rag_active_requests');
    await expect(eventually('an active request', active, (requests) => requests === 1, 3000)).resolves.toBe(
      1,
    );
    socket.destroy();
    await expect(eventually('no active request', active, (requests) => requests === 0, 3000)).resolves.toBe(
      0,
    );
    expect(await count({ endpoint: '/slow', status: '499' })).toBe(1);
    expect(await errors({ endpoint: '/slow', type: 'client_gone' })).toBe(1);
  });

  it('whose answer breaks off while it is streamed failed, whatever the status that went out first', async () => {
    const { url: own } = await running(telemetry, (server) => {
      server.get('/stream', (_request, reply) => {
        const lines = new PassThrough();
        lines.write('one\n');
        setTimeout(() => lines.destroy(new Error('who is Lovelace?')), 50);
        return reply.send(lines);
      });
    });
    const answer = await fetch(`${own}/stream`);
    await expect(answer.text()).rejects.toThrow();
    const failed = () => count({ endpoint: '/stream', status: '500' });
    await expect(eventually('a failed request', failed, (requests) => requests === 1, 3000)).resolves.toBe(1);
    expect(telemetry.kept.lines().at(-1)).toMatchObject({ message: 'request failed', endpoint: '/stream' });
    expect(telemetry.kept.text()).not.toContain('Lovelace');
  });

  it('for metrics are answered in OpenMetrics to a scraper that asks', async () => {
    const answer = await fetch(`${url}/metrics`, {
      headers: { accept: 'application/openmetrics-text;version=1.0.0' },
    });
    expect(answer.headers.get('content-type')).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    expect((await answer.text()).endsWith('# EOF\n')).toBe(true);
  });
});

describe('other services', () => {
  const options = { version: '1', environment: 'test', destination: keptLines().destination };

  it('of uploads count their requests under their own names', async () => {
    const telemetry = startTelemetry({ ...options, service: 'upload-pipeline' });
    const { url } = await running(telemetry, (own) => {
      own.post('/documents', (_request, reply) => reply.code(413).send({}));
    });
    await fetch(`${url}/documents`, { method: 'POST' });
    const labels = { method: 'POST', endpoint: '/documents' };
    expect(await seriesValue(telemetry, 'upload_requests_total', { ...labels, status: '413' })).toBe(1);
    expect(await seriesValue(telemetry, 'upload_request_duration_seconds_count', labels)).toBe(1);
    expect(await seriesValue(telemetry, 'upload_errors_total', { type: 'too_large' })).toBe(1);
  });

  it('answer without being measured where telemetry is off', async () => {
    const telemetry = startTelemetry({ ...options, service: 'agent-api', enabled: false });
    const { url } = await running(telemetry, (own) => {
      own.get('/', () => 'here');
    });
    expect(await (await fetch(`${url}/`)).text()).toBe('here');
    expect(await (await fetch(`${url}/metrics`)).text()).toBe('\n');
  });
});
