import type { FastifyInstance } from 'fastify';
import { HttpError } from '../service/http-error';
import type { JobQueue } from './job-queue';
import { documentType, READABLE } from './parse';
import type { UploadJob, UploadState } from './processing';

/** What the routes of the upload pipeline need. */
export interface UploadRoutes {
  readonly queue: JobQueue<UploadJob>;
  readonly states: Map<string, UploadState>;
}

/** A document's id: its name in letters, digits and hyphens. */
function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}

/** Routes of the upload pipeline. */
export function uploadRoutes(server: FastifyInstance, { queue, states }: UploadRoutes): void {
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  // Fastify reads text itself unless told otherwise.
  server.addContentTypeParser('text/plain', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  server.post<{ Querystring: { name?: string } }>('/documents', (request, reply) => {
    const type = documentType(request.headers['content-type']);
    const id = idOf(request.query.name ?? '');
    if (id === '') throw new HttpError(400, 'bad_request', 'the document has a name: /documents?name=...');
    if (!READABLE.includes(type)) {
      throw new HttpError(415, 'unsupported_media_type', `documents are of the types ${READABLE.join(', ')}`);
    }
    if (!Buffer.isBuffer(request.body)) throw new HttpError(400, 'bad_request', 'the body is the document');
    states.set(id, 'waiting');
    queue.add({ id, type, content: request.body });
    return reply.code(202).send({ id, type, state: 'waiting' });
  });
  server.get<{ Params: { id: string } }>('/documents/:id', (request) => {
    const state = states.get(request.params.id);
    if (state === undefined) throw new HttpError(404, 'not_found', 'there is no such document');
    return { id: request.params.id, state };
  });
}
