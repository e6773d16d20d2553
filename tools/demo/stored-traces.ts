import { getJson } from '../processes/eventually';

/** Milliseconds that a trace may take from its start to the store; each look goes back as far. */
const OVERLAP_MS = 20_000;

/** Traces that one look asks for; a stack that gets more in {@link OVERLAP_MS} has the rest counted by nobody. */
const LIMIT = 2_000;

/** Milliseconds between two looks: what is asked for more often is answered from the last. */
const INTERVAL_MS = 5_000;

interface Answer<Item> {
  readonly data: readonly Item[] | null;
}

/** Counts the traces that Jaeger has stored since the start; its API has no count, so each id is kept. */
export class StoredTraces {
  private readonly ids = new Set<string>();
  private lookedAt = 0;

  /**
   * @param url of Jaeger's query API
   * @param since when the stack started, as `Date.now()` says it
   */
  constructor(
    private readonly url: string,
    private readonly since: number,
  ) {}

  /** How many traces there are. */
  async count(): Promise<number> {
    const now = Date.now();
    if (now - this.lookedAt >= INTERVAL_MS) {
      const from = Math.max(this.since, this.lookedAt - OVERLAP_MS);
      this.lookedAt = now;
      await this.look(from, now);
    }
    return this.ids.size;
  }

  private async look(from: number, to: number): Promise<void> {
    const { data: services } = (await getJson(`${this.url}/api/services`)) as Answer<string>;
    for (const service of services ?? []) {
      const query = new URLSearchParams({
        service,
        start: String(from * 1_000),
        end: String(to * 1_000),
        limit: String(LIMIT),
      });
      const { data } = (await getJson(`${this.url}/api/traces?${query.toString()}`)) as Answer<{
        readonly traceID: string;
      }>;
      for (const { traceID } of data ?? []) this.ids.add(traceID);
    }
  }
}
