import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of this process. */
export interface HttpServer {
  readonly port: number;
  /** Ends it, and what is connected with it. */
  stop(): Promise<void>;
}

/** Where a server listens. */
export interface HttpServerPlace {
  /**
   * An address of 127.0.0.0/8.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /**
   * 0 takes any that is free.
   * @default 0
   */
  readonly port?: number;
}

/**
 * Starts a server on loopback.
 *
 * @throws Error where it cannot listen there
 */
export async function startHttpServer(
  listener: RequestListener,
  { host = '127.0.0.1', port = 0 }: HttpServerPlace = {},
): Promise<HttpServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
