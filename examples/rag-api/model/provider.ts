import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../service/faults';
import type { Random } from '../random';
import type { Embedder } from '../text/embedding';
import { tokensOf } from '../text/words';
import { ProviderError } from './errors';
import { MODELS } from './models';
import type { Model } from './models';
import { RequestQuota } from './request-quota';
import { writeAnswer, writeNonsense } from './write-answer';
import type { Passage } from './write-answer';

/** What a model is asked. */
export interface ChatRequest {
  readonly model: Model;
  readonly system: string;
  readonly passages: readonly Passage[];
  readonly question: string;
  /** Called with each piece of the answer as it comes. */
  readonly onPiece: (piece: string) => void;
}

/** What a model answered. */
export interface ChatAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Requests that the provider still allows. */
  readonly remainingRequests: number;
}

/** What a pretended provider is made of. */
export interface ProviderOptions {
  readonly embedder: Embedder;
  readonly faults: Faults;
  readonly random: Random;
  /** What all times are multiplied by; 0 answers at once. */
  readonly latencyFactor: number;
}

/** Tokens that are sent at once: one timer for each token would cost more than the rest of the service. */
const TOKENS_PER_PIECE = 16;

/** Quota that is left while others use it up. */
const SCARCE_REQUESTS = 5;

/** A provider of language models that needs no network: it answers from the passages, in the time that a model takes. */
export class PretendedProvider {
  readonly #options: ProviderOptions;
  readonly #quotas = new Map<string, RequestQuota>();

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  /** @throws ProviderError where the provider is down, or refuses for its rate */
  async chat(request: ChatRequest): Promise<ChatAnswer> {
    const { model } = request;
    const remainingRequests = await this.#admit(model);
    const { random, faults, embedder } = this.#options;
    const input = [
      request.system,
      ...request.passages.map(({ heading, text }) => `${heading}\n${text}`),
      request.question,
    ].join('\n');
    const text = faults.happens('qualityDrop', random)
      ? writeNonsense(Math.floor(random.next() * 1000))
      : writeAnswer(request.question, request.passages, embedder);
    await this.#wait(random.around(model.firstTokenMilliseconds, 0.3));
    await this.#stream(text, request);
    return { text, inputTokens: tokensOf(input), outputTokens: tokensOf(text), remainingRequests };
  }

  /** Requests that are left after this one. */
  async #admit(model: Model): Promise<number> {
    const { faults, random } = this.#options;
    const isPrimary = model.model === MODELS.primary.model;
    if (isPrimary && faults.happens('providerDown', random)) {
      await this.#wait(random.around(60, 0.3));
      throw new ProviderError('error', `${model.provider} answers 503`);
    }
    const quota = this.#quotaOf(model);
    const scarce = isPrimary && faults.value('providerRateLimited') > 0;
    if (!quota.take() || (scarce && faults.happens('providerRateLimited', random))) {
      await this.#wait(random.around(30, 0.3));
      throw new ProviderError('rate_limited', `${model.provider} answers 429`, 0);
    }
    return scarce ? Math.min(SCARCE_REQUESTS, quota.remaining) : quota.remaining;
  }

  async #stream(text: string, { model, onPiece }: ChatRequest): Promise<void> {
    const pieces = text.match(new RegExp(`[\\s\\S]{1,${String(TOKENS_PER_PIECE * 4)}}`, 'g')) ?? [];
    for (const [at, piece] of pieces.entries()) {
      if (at > 0) await this.#wait((TOKENS_PER_PIECE / model.tokensPerSecond) * 1000);
      onPiece(piece);
    }
  }

  #quotaOf(model: Model): RequestQuota {
    const quota = this.#quotas.get(model.model) ?? new RequestQuota(model.requestsPerMinute);
    this.#quotas.set(model.model, quota);
    return quota;
  }

  async #wait(milliseconds: number): Promise<void> {
    if (this.#options.latencyFactor > 0) await sleep(milliseconds * this.#options.latencyFactor);
  }
}
