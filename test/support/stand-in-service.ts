import type { Service } from '../../tools/demo/services';

/**
 * A service that answers on /metrics, counts what it is asked for and sends a span for each query: enough to prove that
 * a stack scrapes and stores.
 */
const PROGRAM = `
const http = require('node:http');
const { randomBytes } = require('node:crypto');
let queries = 0;
const span = () => ({ traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), name: 'query', kind: 2,
  startTimeUnixNano: String(BigInt(Date.now()) * 1000000n), endTimeUnixNano: String(BigInt(Date.now() + 5) * 1000000n) });
http.createServer((request, answer) => {
  if (request.url === '/metrics') {
    answer.setHeader('content-type', 'text/plain; version=0.0.4');
    return answer.end('# TYPE rag_queries_total counter\\nrag_queries_total{domain="demo"} ' + queries + '\\n');
  }
  queries += 1;
  const body = { resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: process.env.SERVICE } }] },
    scopeSpans: [{ spans: [span()] }] }] };
  fetch(process.env.OTLP_ENDPOINT + '/v1/traces', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    .then((sent) => answer.end(String(sent.status)), (error) => { answer.statusCode = 500; answer.end(String(error)); });
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** Stands for a service of the application where the example is not what is tested. */
export function standInService(name: string): Service {
  return {
    name,
    resources: { memoryLimitBytes: 256 * 1024 * 1024, cpuRequestCores: 0.1 },
    command: ({ port, otlpEndpoint = '' }) => ({
      command: process.execPath,
      args: ['-e', PROGRAM],
      env: { SERVICE: name, PORT: String(port), OTLP_ENDPOINT: otlpEndpoint },
    }),
  };
}
