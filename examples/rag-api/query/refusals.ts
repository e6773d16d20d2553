import type { RagTelemetry } from '../../../instrumentation';
import { RequestQuota } from '../model/request-quota';
import { HttpError } from '../service/http-error';

/** Longest question, in characters. */
const LONGEST_QUESTION = 2000;

/** Requests of one address in a minute: a stop for a client gone wild, no quota. */
const REQUESTS_PER_MINUTE = 300_000;

/** Phrases by which people try to make a model forget its instructions. */
const INJECTION =
  /\b(ignore|disregard|forget)\b.{0,30}\b(previous|above|all|your)\b.{0,20}\b(instructions?|rules|prompt)\b/i;

/** Content that a policy marks: an e-mail address or the number of a bank card has no place in a question. */
const PERSONAL_DATA = /\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b|\b(?:\d[ -]?){13,16}\b/i;

/** Refuses questions before any work is done, and counts why. */
export class Refusals {
  readonly #telemetry: RagTelemetry;
  readonly #quotas = new Map<string, RequestQuota>();

  constructor(telemetry: RagTelemetry) {
    this.#telemetry = telemetry;
  }

  /** @throws HttpError 413, 429 or 400 where a question is refused */
  check(question: string, address: string): void {
    if (question.length > LONGEST_QUESTION) {
      this.#refuse('too_large', 413, `a question has at most ${String(LONGEST_QUESTION)} characters`);
    }
    if (!this.#quotaOf(address).take()) this.#refuse('rate_limited', 429, 'too many requests');
    if (INJECTION.test(question)) this.#refuse('prompt_injection', 400, 'the question is refused');
    if (PERSONAL_DATA.test(question)) {
      this.#telemetry.rag.policyViolations.inc({ policy: 'personal_data' });
      this.#telemetry.log.warn({ policy: 'personal_data' }, 'a question holds personal data');
    }
  }

  #refuse(reason: 'too_large' | 'rate_limited' | 'prompt_injection', status: number, message: string): never {
    this.#telemetry.rag.requestsRefused.inc({ reason });
    throw new HttpError(status, reason, message);
  }

  #quotaOf(address: string): RequestQuota {
    const quota = this.#quotas.get(address) ?? new RequestQuota(REQUESTS_PER_MINUTE);
    this.#quotas.set(address, quota);
    // Addresses come and go; what is forgotten begins with a full quota.
    if (this.#quotas.size > 10_000) this.#quotas.clear();
    return quota;
  }
}
