import type { FastifyInstance } from 'fastify';
import { readFaults } from './faults';
import type { Faults } from './faults';
import { HttpError } from './http-error';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** `GET /_faults` shows the faults that are on, `POST /_faults` replaces them; from this machine only. */
export function faultsRoute(server: FastifyInstance, faults: Faults): void {
  // The address of the connection itself: a header can be sent by anyone.
  const guard = { onRequest: (request: { socket: { remoteAddress?: string } }) => fromHere(request) };
  server.get('/_faults', guard, () => faults.values);
  server.post('/_faults', guard, (request) => {
    try {
      faults.replace(readFaults(request.body));
    } catch (error) {
      throw new HttpError(400, 'bad_request', error instanceof Error ? error.message : String(error));
    }
    return faults.values;
  });
}

function fromHere({ socket }: { socket: { remoteAddress?: string } }): Promise<void> {
  return LOOPBACK.test(socket.remoteAddress ?? '')
    ? Promise.resolve()
    : Promise.reject(new HttpError(403, 'forbidden', 'faults are switched from this machine only'));
}
