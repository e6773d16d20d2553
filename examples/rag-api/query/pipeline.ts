import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { monitoredQuery, stage } from '../../../instrumentation';
import type { ModelUsage, QueryOutcome, RagTelemetry } from '../../../instrumentation';
import type { TimedDatabase } from '../database/timed';
import { evaluate } from '../evaluation/evaluate';
import { EMBEDDING_MODEL } from '../model/models';
import type { PretendedProvider } from '../model/provider';
import { NOTHING_FOUND } from '../model/write-answer';
import type { Random } from '../random';
import type { KnowledgeBase } from '../retrieval/knowledge-base';
import type { Found } from '../retrieval/vector-index';
import type { Faults } from '../service/faults';
import { HttpError } from '../service/http-error';
import type { Vector } from '../text/embedding';
import { tokensOf } from '../text/words';
import type { QueryCaches } from './caches';
import { generate } from './generate';
import type { QueryAnswer } from './query-answer';
import type { Retriever } from './retriever';

/** What queries are answered with. */
export interface PipelineOptions {
  readonly telemetry: RagTelemetry;
  readonly knowledge: KnowledgeBase;
  readonly retriever: Retriever;
  readonly provider: PretendedProvider;
  readonly caches: QueryCaches;
  readonly database: TimedDatabase;
  readonly faults: Faults;
  readonly random: Random;
  readonly latencyFactor: number;
  /** Share of the new answers that are evaluated, 0 to 1. */
  readonly evaluatedShare: number;
}

/** An answer as it leaves the service. */
export interface Answered extends QueryOutcome, QueryAnswer {
  /** By which a reader votes on it. */
  readonly id: string;
  readonly cached: boolean;
}

const UNANSWERED: QueryAnswer = {
  answer: NOTHING_FOUND,
  sources: [],
  model: 'none',
};

/** Question, embedding, caches, retrieval, generation, evaluation. */
export class QueryPipeline {
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** Answers a question; `onPiece` is told the answer as it comes. */
  answer(question: string, domain: string, onPiece?: (piece: string) => void): Promise<Answered> {
    const { telemetry, database, faults, random } = this.#options;
    return monitoredQuery(telemetry, { domain }, async () => {
      if (faults.happens('errorBurst', random)) throw new HttpError(500, 'internal', 'the service is broken');
      const { vector, usage } = await this.#embed(question);
      const answered = await this.#answer(question, vector, usage, onPiece);
      await database.insert('queries', answered.id, { domain, model: answered.model });
      return answered;
    });
  }

  async #embed(question: string): Promise<{ vector: Vector; usage: readonly ModelUsage[] }> {
    const { telemetry, knowledge, caches, random, latencyFactor } = this.#options;
    return stage(telemetry, 'embed', {}, async () => {
      const known = caches.vector(question);
      if (known !== undefined) return { vector: known, usage: [] };
      if (latencyFactor > 0) await sleep(random.around(20, 0.3) * latencyFactor);
      const vector = knowledge.embedder.embed(question);
      caches.keepVector(question, vector);
      const inputTokens = tokensOf(question);
      return { vector, usage: [{ ...EMBEDDING_MODEL, operation: 'embeddings' as const, inputTokens }] };
    });
  }

  async #answer(
    question: string,
    vector: Vector,
    usage: readonly ModelUsage[],
    onPiece?: (piece: string) => void,
  ): Promise<Answered> {
    const { caches, retriever } = this.#options;
    const id = randomUUID();
    const known = caches.answer(vector);
    if (known !== undefined) {
      onPiece?.(known.answer);
      return { id, ...known, usage, cached: true };
    }
    const found = await retriever.find(question, vector);
    if (found.length === 0) {
      onPiece?.(NOTHING_FOUND);
      return { id, ...UNANSWERED, usage, retrievedDocuments: 0, cached: false };
    }
    const written = await generate(this.#options, question, found, onPiece);
    const answer: QueryAnswer = {
      answer: written.text,
      model: written.model,
      sources: found.map(({ chunk, score }) => ({ id: chunk.id, heading: chunk.heading, score })),
    };
    caches.keepAnswer(vector, answer);
    return {
      id,
      ...answer,
      usage: [...usage, ...written.usage],
      retrievedDocuments: found.length,
      cached: false,
      ...this.#scores(question, written.text, found),
    };
  }

  /** Scores of a sampled answer; none of the others. */
  #scores(question: string, answer: string, found: readonly Found[]): Partial<QueryOutcome> {
    const { random, evaluatedShare, knowledge } = this.#options;
    const passages = found.map(({ chunk }) => chunk);
    return random.chance(evaluatedShare) ? evaluate(question, answer, passages, knowledge.embedder) : {};
  }
}
