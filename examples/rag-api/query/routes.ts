import type { FastifyInstance } from 'fastify';
import type { RagTelemetry } from '../../../instrumentation';
import type { TimedDatabase } from '../database/timed';
import type { Random } from '../random';
import { INDEX } from '../retrieval/knowledge-base';
import type { KnowledgeBase } from '../retrieval/knowledge-base';
import { bodyOf, optionalTextOf, textOf } from '../service/body';
import type { Faults } from '../service/faults';
import { HttpError } from '../service/http-error';
import { chunksOf } from '../text/document';
import type { Answered, QueryPipeline } from './pipeline';
import type { Refusals } from './refusals';
import { streamed } from './streamed';

/** What the routes of the RAG service need. */
export interface QueryRoutes {
  readonly telemetry: RagTelemetry;
  readonly knowledge: KnowledgeBase;
  readonly pipeline: QueryPipeline;
  readonly database: TimedDatabase;
  readonly refusals: Refusals;
  readonly faults: Faults;
  readonly random: Random;
}

/** Routes of the RAG service. */
export function queryRoutes(server: FastifyInstance, parts: QueryRoutes): void {
  questionRoute(server, parts);
  feedbackRoute(server, parts);
  documentRoutes(server, parts);
}

function questionRoute(server: FastifyInstance, { pipeline, knowledge, refusals }: QueryRoutes): void {
  server.post('/query', async (request, reply) => {
    const body = bodyOf(request.body);
    const question = textOf(body, 'question');
    refusals.check(question, request.ip);
    const domain = domainOf(optionalTextOf(body, 'domain') ?? knowledge.domainOf(question), knowledge);
    if (body['stream'] !== true) return shown(await pipeline.answer(question, domain));
    const lines = await streamed(async (onPiece) => shown(await pipeline.answer(question, domain, onPiece)));
    return reply.type('application/x-ndjson').send(lines);
  });
}

/** What a caller sees: tokens and scores are for those who run the service. */
function shown({ id, answer, sources, model, cached }: Answered): object {
  return { id, answer, sources, model, cached };
}

function domainOf(name: string, { domains }: KnowledgeBase): string {
  if (domains.includes(name)) return name;
  throw new HttpError(400, 'bad_request', `no domain "${name}"; there are ${domains.join(', ')}`);
}

function feedbackRoute(server: FastifyInstance, { telemetry, database, faults, random }: QueryRoutes): void {
  server.post('/feedback', async (request) => {
    if (faults.happens('errorBurst', random)) throw new HttpError(500, 'internal', 'the service is broken');
    const body = bodyOf(request.body);
    const rating = textOf(body, 'rating');
    if (rating !== 'up' && rating !== 'down') {
      throw new HttpError(400, 'bad_request', `no rating "${rating}"; there are up, down`);
    }
    const known = await database.update('queries', textOf(body, 'id'), { rating });
    if (!known) throw new HttpError(404, 'not_found', 'there is no answer with this id');
    telemetry.rag.feedback.inc({ rating });
    return { rating };
  });
}

function documentRoutes(server: FastifyInstance, { telemetry, knowledge, database }: QueryRoutes): void {
  server.put<{ Params: { id: string } }>('/documents/:id', async (request) => {
    const body = bodyOf(request.body);
    const { id } = request.params;
    const title = optionalTextOf(body, 'title') ?? id;
    const chunks = chunksOf({ id, title, domain: 'uploads', text: textOf(body, 'text') });
    await database.insert('documents', id, { title });
    knowledge.index.put(id, chunks);
    telemetry.rag.indexLastSuccessTimestamp.set({ index: INDEX }, Date.now() / 1000);
    return { id, chunks: chunks.length };
  });
  server.delete<{ Params: { id: string } }>('/documents/:id', async (request) => {
    const { id } = request.params;
    await database.delete('documents', id);
    if (knowledge.index.remove(id) === 0) throw new HttpError(404, 'not_found', `there is no document ${id}`);
    telemetry.rag.indexLastSuccessTimestamp.set({ index: INDEX }, Date.now() / 1000);
    return { id };
  });
}
