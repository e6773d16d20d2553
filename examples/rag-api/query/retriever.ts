import { setTimeout as sleep } from 'node:timers/promises';
import { stage, vectorSearch } from '../../../instrumentation';
import type { RagTelemetry } from '../../../instrumentation';
import type { TimedDatabase } from '../database/timed';
import type { Random } from '../random';
import { INDEX } from '../retrieval/knowledge-base';
import type { KnowledgeBase } from '../retrieval/knowledge-base';
import { rerank } from '../retrieval/rerank';
import type { Found } from '../retrieval/vector-index';
import type { Faults } from '../service/faults';
import type { Vector } from '../text/embedding';

/** What retrieval is made of. */
export interface RetrieverOptions {
  readonly telemetry: RagTelemetry;
  readonly knowledge: KnowledgeBase;
  readonly database: TimedDatabase;
  readonly faults: Faults;
  readonly random: Random;
  readonly latencyFactor: number;
}

/** Chunks that a search may find, and how near they have to be. */
const SEARCH = { limit: 4, cutOff: 0.3 };

/** Finds the chunks that answer a question. */
export class Retriever {
  readonly #options: RetrieverOptions;

  constructor(options: RetrieverOptions) {
    this.#options = options;
  }

  /** The stages `retrieve` and `rerank`; best chunk first, none where nothing is near enough. */
  async find(question: string, vector: Vector): Promise<readonly Found[]> {
    const { telemetry, knowledge, database } = this.#options;
    const found = await stage(telemetry, 'retrieve', {}, async () => {
      const { items } = await vectorSearch(telemetry, { index: INDEX }, () => this.#search(vector));
      // Who may read a document is a matter of the database.
      await Promise.all(items.slice(0, 1).map(({ chunk }) => database.select('documents', chunk.document)));
      return items;
    });
    if (found.length === 0) return found;
    return stage(telemetry, 'rerank', {}, async () => {
      await this.#wait(8);
      return rerank(question, found, knowledge.embedder);
    });
  }

  async #search(vector: Vector): Promise<{ items: readonly Found[]; scores: readonly number[] }> {
    const { knowledge, faults, random } = this.#options;
    await this.#wait(12);
    // A fault's delay is real time, whatever the rest takes.
    if (faults.value('slowRetrieval') > 0) await sleep(faults.value('slowRetrieval') * 1000);
    const empty = faults.happens('emptyRetrieval', random);
    const right = knowledge.index.search(vector, SEARCH);
    const wrong = faults.happens('qualityDrop', random);
    const found = wrong ? this.#wrong(right.length) : right;
    const items = empty ? [] : found;
    return { items, scores: items.map(({ score }) => score) };
  }

  /**
   * What a broken model of embeddings finds, which makes of a question a direction between two texts that have nothing to
   * do with it. No more than the right ones: a fault of quality is none of the length of prompts.
   */
  #wrong(most: number): readonly Found[] {
    const { knowledge, random } = this.#options;
    const chunks = knowledge.index.chunks();
    const texts = [0, 1].map(() => chunks[Math.floor(random.next() * chunks.length)]?.text ?? '');
    return knowledge.index.search(knowledge.embedder.embed(texts.join(' ')), SEARCH).slice(0, most);
  }

  async #wait(milliseconds: number): Promise<void> {
    const { latencyFactor, random } = this.#options;
    if (latencyFactor > 0) await sleep(random.around(milliseconds, 0.3) * latencyFactor);
  }
}
