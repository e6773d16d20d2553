import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { activeTrace, observeRequest, serveMetrics } from '../../../instrumentation';
import { eventually } from '../../support/eventually';
import { ragTelemetry, seriesValue } from '../support';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

describe("requests to a server of Node's own", () => {
  const telemetry = ragTelemetry();
  let traceId: string | undefined;
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (path === '/metrics') {
      void serveMetrics(telemetry, request, response);
      return;
    }
    const pattern = /^\/documents\/\w+$/.test(path) ? '/documents/:id' : undefined;
    observeRequest(telemetry, { request, response, route: () => pattern }, () => {
      request.resume().on('end', () => {
        traceId = activeTrace()?.traceId;
        response.writeHead(pattern === undefined ? 404 : 200).end('{}');
      });
    });
  });
  let url: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const count = (labels: Record<string, string>) => seriesValue(telemetry, 'rag_requests_total', labels);

  it('are counted by the pattern that their route is told to have, and as unmatched without one', async () => {
    await fetch(`${url}/documents/17?full=1`);
    await fetch(`${url}/wp-login.php`);
    const last = () => count({ endpoint: 'unmatched' });
    await eventually('the second request', last, (requests) => requests === 1, 3000);
    expect(await count({ method: 'GET', endpoint: '/documents/{id}', status: '200' })).toBe(1);
    expect(await count({ method: 'GET', endpoint: 'unmatched', status: '404' })).toBe(1);
    expect(await seriesValue(telemetry, 'rag_active_requests')).toBe(0);
  });

  it("run in the caller's trace, after their body was read as well, in a span that is named by the route", async () => {
    const names: string[] = [];
    const started = jest.spyOn(telemetry.tracer, 'startSpan').mockImplementationOnce((...args) => {
      started.mockRestore();
      const span = telemetry.tracer.startSpan(...args);
      jest.spyOn(span, 'updateName').mockImplementation((name) => {
        names.push(name);
        return span;
      });
      return span;
    });
    await fetch(`${url}/documents/17`, {
      method: 'PUT',
      body: 'x'.repeat(200_000),
      headers: { traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` },
    });
    expect(traceId).toBe(TRACE_ID);
    expect(names).toEqual(['PUT /documents/{id}']);
  });

  it('for metrics are answered and neither counted nor traced', async () => {
    const answer = await fetch(`${url}/metrics`, {
      headers: { accept: 'application/openmetrics-text;version=1.0.0' },
    });
    expect(answer.headers.get('content-type')).toContain('application/openmetrics-text');
    const text = await answer.text();
    expect(text).toContain('rag_requests_total');
    expect(text).not.toContain('endpoint="/metrics"');
  });
});
