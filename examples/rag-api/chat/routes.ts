import type { FastifyInstance } from 'fastify';
import { bodyOf, optionalTextOf, textOf } from '../service/body';
import { callService } from '../service/call';
import { HttpError } from '../service/http-error';
import { documentType } from '../upload/parse';
import { chat } from './chat';
import type { ChatOptions } from './chat';

/** What the routes of the agent need. */
export interface ChatRoutes extends ChatOptions {
  /**
   * Address of the upload pipeline.
   * @default - no documents are taken
   */
  readonly uploadUrl?: string;
}

/** Plans that users register for. */
export const PLANS = ['free', 'team'] as const;

/** Routes of the agent. */
export function chatRoutes(server: FastifyInstance, parts: ChatRoutes): void {
  messageRoutes(server, parts);
  peopleRoutes(server, parts);
  documentRoute(server, parts);
}

function messageRoutes(server: FastifyInstance, parts: ChatRoutes): void {
  server.post('/chat', (request) => {
    const body = bodyOf(request.body);
    return chat(parts, {
      userId: textOf(body, 'userId'),
      sessionId: optionalTextOf(body, 'sessionId'),
      message: textOf(body, 'message'),
    });
  });
  server.delete<{ Params: { id: string } }>('/sessions/:id', (request) => {
    const { id } = request.params;
    if (!parts.sessions.end(id)) throw new HttpError(404, 'not_found', 'there is no such session');
    return { id };
  });
}

function peopleRoutes(server: FastifyInstance, { telemetry, people }: ChatRoutes): void {
  server.post('/users', (request, reply) => {
    const body = bodyOf(request.body);
    const name = textOf(body, 'plan');
    const plan = PLANS.find((known) => known === name);
    if (plan === undefined) {
      throw new HttpError(400, 'bad_request', `no plan "${name}"; there are ${PLANS.join(', ')}`);
    }
    people.seen(textOf(body, 'userId'));
    telemetry.business.usersRegistered.inc({ plan });
    return reply.code(201).send({ plan });
  });
  server.post('/marks', (request) => {
    const { mark } = bodyOf(request.body);
    if (typeof mark !== 'number' || !Number.isInteger(mark) || mark < 1 || mark > 5) {
      throw new HttpError(400, 'bad_request', '"mark" is a whole number from 1 (bad) to 5 (good)');
    }
    people.rate(mark);
    telemetry.business.userSatisfactionScore.set({}, people.satisfaction() ?? mark);
    return { mark };
  });
}

/** Takes a user's document and hands it to the upload pipeline. */
function documentRoute(server: FastifyInstance, { telemetry, people, uploadUrl, apiKey }: ChatRoutes): void {
  server.addContentTypeParser(
    ['text/html', 'text/markdown', 'text/plain'],
    { parseAs: 'string' },
    (_, body, done) => {
      done(null, body);
    },
  );
  server.post<{ Querystring: { name?: string; userId?: string } }>('/documents', async (request, reply) => {
    if (uploadUrl === undefined) throw new HttpError(503, 'no_uploads', 'no upload pipeline is configured');
    const { name = '', userId = '' } = request.query;
    if (typeof request.body !== 'string' || name === '' || userId === '') {
      throw new HttpError(400, 'bad_request', 'the body is the document: /documents?name=...&userId=...');
    }
    const contentType = request.headers['content-type'] ?? 'text/plain';
    people.seen(userId);
    const url = `${uploadUrl}/documents?name=${encodeURIComponent(name)}`;
    const taken = await callService({ url, body: request.body, contentType, apiKey });
    telemetry.business.documentsUploaded.inc({ document_type: documentType(contentType) });
    return reply.code(202).send(taken);
  });
}
