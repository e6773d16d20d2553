import type { RagTelemetry } from '../../../instrumentation';
import { RecentCache } from '../cache/recent-cache';
import { SemanticCache } from '../cache/semantic-cache';
import type { Random } from '../random';
import type { Faults } from '../service/faults';
import type { Vector } from '../text/embedding';
import type { QueryAnswer } from './query-answer';

/** Two questions that are this similar ask the same: another order of words does, another number in it does not. */
const SAME_QUESTION = 0.93;

/** The caches of the service; each look-up is counted. */
export class QueryCaches {
  readonly #telemetry: RagTelemetry;
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #vectors = new RecentCache<Vector>(2000);
  readonly #answers: SemanticCache<QueryAnswer>;

  constructor(telemetry: RagTelemetry, faults: Faults, random: Random, ttlSeconds: number) {
    this.#telemetry = telemetry;
    this.#faults = faults;
    this.#random = random;
    this.#answers = new SemanticCache({ threshold: SAME_QUESTION, capacity: 1000, ttlSeconds });
  }

  /** The vector of a question that was put in the same words. */
  vector(question: string): Vector | undefined {
    return this.#counted('embedding', this.#vectors.get(question.toLowerCase()));
  }

  /** The answer to a question with the same meaning. */
  answer(vector: Vector): QueryAnswer | undefined {
    const collapsed = this.#faults.happens('cacheCollapse', this.#random);
    return this.#counted('semantic', collapsed ? undefined : this.#answers.get(vector));
  }

  keepVector(question: string, vector: Vector): void {
    this.#vectors.put(question.toLowerCase(), vector);
  }

  keepAnswer(vector: Vector, answer: QueryAnswer): void {
    this.#answers.put(vector, answer);
  }

  #counted<T>(cache: 'semantic' | 'embedding', value: T | undefined): T | undefined {
    this.#telemetry.rag.cacheRequests.inc({ cache, result: value === undefined ? 'miss' : 'hit' });
    return value;
  }
}
