import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that came in. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is answered; an object is sent as JSON. */
export type Answer = (request: ReceivedRequest) => string | object;

/** A server on loopback that keeps what it is sent. */
export interface HttpSink {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** In the order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  stop(): Promise<void>;
}

/**
 * Starts a sink on a free port.
 *
 * @param answer what to answer with status 200; an empty object unless given
 */
export async function startHttpSink(answer: Answer = () => ({})): Promise<HttpSink> {
  const requests: ReceivedRequest[] = [];
  const server: Server = createServer((incoming, outgoing) => {
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
