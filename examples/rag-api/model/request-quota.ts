/** A provider's quota: so many requests at once, filled up again at an even pace. */
export class RequestQuota {
  readonly #perMinute: number;
  readonly #now: () => number;
  #left: number;
  #at: number;

  /** @param now present time in milliseconds */
  constructor(perMinute: number, now: () => number = Date.now) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#left = perMinute;
    this.#at = now();
  }

  /** Whole requests that are allowed now. */
  get remaining(): number {
    this.#fill();
    return Math.floor(this.#left);
  }

  /** Takes one request; false where none is left. */
  take(): boolean {
    this.#fill();
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  #fill(): void {
    const now = this.#now();
    this.#left = Math.min(this.#perMinute, this.#left + ((now - this.#at) / 60_000) * this.#perMinute);
    this.#at = now;
  }
}
