import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * What closes a server: requests that are under way end, for as long as they are given; whoever is slower is cut off, so
 * that there is time left to send what was measured. Ask for it before the server listens.
 */
export function closerOf(fastify: FastifyInstance): (longestMilliseconds: number) => Promise<void> {
  const { server } = fastify;
  // To Node a connection that has asked nothing yet is busy, and browsers open some in advance.
  const silent = new Set<Socket>();
  let closing = false;
  server.on('connection', (socket: Socket) => {
    if (closing) socket.destroy();
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return async (longestMilliseconds) => {
    closing = true;
    for (const socket of silent) socket.destroy();
    const closed = fastify.close();
    await within(longestMilliseconds, closed);
    server.closeAllConnections();
    await closed;
  };
}

/** Waits for work, but no longer than so many milliseconds. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const stop = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    stop.abort();
  }
}
