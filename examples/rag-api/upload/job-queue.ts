import { AsyncResource } from 'node:async_hooks';

/** Jobs that wait for workers. */
export interface JobQueueOptions<T> {
  readonly workers: number;
  /** Does one job; it must not throw. */
  readonly work: (job: T) => Promise<void>;
  /** Whether workers take jobs now. */
  readonly isOpen: () => boolean;
  /**
   * Present time in milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** A queue in memory: first come, first served, by so many workers at once. */
export class JobQueue<T> {
  readonly #options: JobQueueOptions<T>;
  readonly #now: () => number;
  readonly #waiting: { readonly begin: () => Promise<void>; readonly since: number }[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(options: JobQueueOptions<T>) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Jobs that wait; those that are worked on do not. */
  get length(): number {
    return this.#waiting.length;
  }

  /** How long the oldest job has waited; 0 while none does. */
  get oldestAgeSeconds(): number {
    const [oldest] = this.#waiting;
    return oldest === undefined ? 0 : (this.#now() - oldest.since) / 1000;
  }

  add(job: T): void {
    // A job belongs to the trace of the request that brought it, not to that of the job which it waited for.
    const begin = AsyncResource.bind(() => this.#options.work(job));
    this.#waiting.push({ begin, since: this.#now() });
    this.resume();
  }

  /** Gives jobs to workers that have nothing to do; call it when the queue opens again. */
  resume(): void {
    while (this.#options.isOpen() && this.#running.size < this.#options.workers) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const running = next.begin().finally(() => {
        this.#running.delete(running);
        this.resume();
      });
      this.#running.add(running);
    }
  }

  /** Waits for the jobs that are worked on; those that wait are lost with the process. */
  async drain(): Promise<void> {
    this.#waiting.length = 0;
    await Promise.all(this.#running);
  }
}
