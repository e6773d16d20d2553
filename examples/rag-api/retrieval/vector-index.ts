import { similarity } from '../text/embedding';
import type { Embedder, Vector } from '../text/embedding';
import type { Chunk } from '../text/document';

/** A chunk that a search found. */
export interface Found {
  readonly chunk: Chunk;
  /** Nearness to the question, 0 to 1. */
  readonly score: number;
}

/** What a search is told. */
export interface SearchOptions {
  readonly limit: number;
  /** Least score of what is found; what is further away is no answer to the question. */
  readonly cutOff: number;
}

/** Chunks with their vectors, in memory. A search compares with all of them, which is quick for some thousands. */
export class VectorIndex {
  readonly #entries = new Map<string, { readonly chunk: Chunk; readonly vector: Vector }>();
  readonly #embedder: Embedder;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** Number of chunks. */
  get size(): number {
    return this.#entries.size;
  }

  /** Bytes that the texts and vectors take. */
  get bytes(): number {
    let sum = 0;
    for (const { chunk, vector } of this.#entries.values()) sum += chunk.text.length + vector.byteLength;
    return sum;
  }

  chunks(): Chunk[] {
    return [...this.#entries.values()].map(({ chunk }) => chunk);
  }

  /** Adds the chunks of one document; those that it had before are gone. */
  put(document: string, chunks: readonly Chunk[]): void {
    this.remove(document);
    for (const chunk of chunks) {
      this.#entries.set(chunk.id, { chunk, vector: this.#embedder.embed(`${chunk.heading} ${chunk.text}`) });
    }
  }

  /** Removes a document's chunks; returns how many there were. */
  remove(document: string): number {
    const ids = [...this.#entries.values()]
      .filter(({ chunk }) => chunk.document === document)
      .map(({ chunk }) => chunk.id);
    for (const id of ids) this.#entries.delete(id);
    return ids.length;
  }

  /** The nearest chunks, best first. The square root spreads scores over 0 to 1 as those of embedding models are. */
  search(question: Vector, { limit, cutOff }: SearchOptions): Found[] {
    return [...this.#entries.values()]
      .map(({ chunk, vector }) => ({ chunk, score: Math.sqrt(similarity(question, vector)) }))
      .filter(({ score }) => score >= cutOff)
      .sort((one, other) => other.score - one.score || one.chunk.id.localeCompare(other.chunk.id))
      .slice(0, limit);
  }
}
