import { similarity } from '../text/embedding';
import type { Vector } from '../text/embedding';

/** How a semantic cache behaves. */
export interface SemanticCacheOptions {
  /** Least similarity of two questions that may share an answer, 0 to 1. */
  readonly threshold: number;
  readonly capacity: number;
  /** How long an answer may be given again, in seconds. */
  readonly ttlSeconds: number;
  /**
   * Present time in milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

interface Entry<T> {
  readonly vector: Vector;
  readonly value: T;
  readonly expires: number;
}

/** Answers by the meaning of their question: a question that is put a little differently gets the same answer. */
export class SemanticCache<T> {
  readonly #options: SemanticCacheOptions;
  readonly #now: () => number;
  #entries: Entry<T>[] = [];

  constructor(options: SemanticCacheOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** The answer to the nearest question that is near enough; undefined where there is none. */
  get(question: Vector): T | undefined {
    const now = this.#now();
    this.#entries = this.#entries.filter(({ expires }) => expires > now);
    let best: Entry<T> | undefined;
    let nearest = this.#options.threshold;
    for (const entry of this.#entries) {
      const score = similarity(question, entry.vector);
      if (score >= nearest) [best, nearest] = [entry, score];
    }
    return best?.value;
  }

  /** Keeps an answer; the oldest goes where there is no room. */
  put(question: Vector, value: T): void {
    const expires = this.#now() + this.#options.ttlSeconds * 1000;
    this.#entries.push({ vector: question, value, expires });
    if (this.#entries.length > this.#options.capacity) this.#entries.shift();
  }

  clear(): void {
    this.#entries = [];
  }
}
