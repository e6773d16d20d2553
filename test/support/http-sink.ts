import type { IncomingHttpHeaders } from 'node:http';
import { startHttpServer, type HttpServer } from '../../tools/processes/http-server';

/** One request that came in. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is answered; an object is sent as JSON. */
export type Answer = (request: ReceivedRequest) => string | object;

/** A server on loopback that keeps what it is sent. */
export interface HttpSink extends HttpServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** In the order of arrival. */
  readonly requests: readonly ReceivedRequest[];
}

/**
 * Starts a sink on a free port.
 *
 * @param answer what to answer with status 200; an empty object unless given
 */
export async function startHttpSink(answer: Answer = () => ({})): Promise<HttpSink> {
  const requests: ReceivedRequest[] = [];
  const server = await startHttpServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = { path: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(chunks) };
      requests.push(request);
      const answered = answer(request);
      const isText = typeof answered === 'string';
      outgoing.writeHead(200, { 'content-type': isText ? 'text/plain' : 'application/json' });
      outgoing.end(isText ? answered : JSON.stringify(answered));
    });
  });
  return { ...server, url: `http://127.0.0.1:${String(server.port)}`, requests };
}
