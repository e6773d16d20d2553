/** Longest period that is asked for, in days. */
const MONTH_DAYS = 30;

/** Marks that are kept at most. */
const MOST_MARKS = 10_000;

/** What a real service would count in its database: who came, and which marks were given. */
export class People {
  readonly #daySeconds: number;
  readonly #now: () => number;
  readonly #lastSeen = new Map<string, number>();
  #marks: { readonly at: number; readonly mark: number }[] = [];

  /**
   * @param daySeconds what a day is
   * @param now present time in milliseconds
   */
  constructor(daySeconds: number, now: () => number = Date.now) {
    this.#daySeconds = daySeconds;
    this.#now = now;
  }

  /** A user has done something. */
  seen(userId: string): void {
    this.#lastSeen.set(userId, this.#now());
  }

  /** Different users in the last day or month. */
  active(period: 'day' | 'month'): number {
    const since = this.#since(period === 'day' ? 1 : MONTH_DAYS);
    const longest = this.#since(MONTH_DAYS);
    for (const [user, at] of this.#lastSeen) if (at < longest) this.#lastSeen.delete(user);
    return [...this.#lastSeen.values()].filter((at) => at >= since).length;
  }

  /** A user has given a mark, 1 (bad) to 5 (good). */
  rate(mark: number): void {
    this.#marks.push({ at: this.#now(), mark });
    if (this.#marks.length > MOST_MARKS) this.#marks.shift();
  }

  /** Mean of the marks of the last day; undefined where there are none. */
  satisfaction(): number | undefined {
    const since = this.#since(1);
    this.#marks = this.#marks.filter(({ at }) => at >= since);
    const sum = this.#marks.reduce((total, { mark }) => total + mark, 0);
    return this.#marks.length === 0 ? undefined : sum / this.#marks.length;
  }

  #since(days: number): number {
    return this.#now() - days * this.#daySeconds * 1000;
  }
}
