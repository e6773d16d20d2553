import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random';

/** Statements, as they are counted. */
export type Operation = 'select' | 'insert' | 'update' | 'delete' | 'other';

/** How a pool behaves. */
export interface PoolOptions {
  readonly size: number;
  /** Median time of a statement on its connection, in milliseconds; writing takes twice as long. */
  readonly milliseconds: number;
  readonly random: Random;
}

/**
 * A database that keeps rows in memory, behind a pool of connections as one over the network would have: a statement
 * waits for a free connection and holds it for as long as it runs.
 */
export class Database {
  readonly size: number;
  readonly #options: PoolOptions;
  readonly #waiting: (() => void)[] = [];
  readonly #tables = new Map<string, Map<string, unknown>>();
  #active = 0;
  #opened = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.size = options.size;
  }

  /** Connections that run a statement now. */
  get active(): number {
    return this.#active;
  }

  /** Connections that are open and have nothing to do. */
  get idle(): number {
    return this.#opened - this.#active;
  }

  insert(table: string, key: string, row: unknown): Promise<void> {
    return this.#run(2, () => {
      const rows = this.#table(table);
      rows.set(key, row);
      // Memory is finite: what was asked yesterday is not kept.
      const [oldest] = rows.keys();
      if (rows.size > 10_000 && oldest !== undefined) rows.delete(oldest);
    });
  }

  select(table: string, key: string): Promise<unknown> {
    return this.#run(1, () => this.#table(table).get(key));
  }

  /** Changes a row; false where there is none. */
  update(table: string, key: string, change: Readonly<Record<string, unknown>>): Promise<boolean> {
    return this.#run(2, () => {
      const row = this.#table(table).get(key);
      if (row === undefined) return false;
      this.#table(table).set(key, { ...row, ...change });
      return true;
    });
  }

  /** Deletes a row; false where there is none. */
  delete(table: string, key: string): Promise<boolean> {
    return this.#run(2, () => this.#table(table).delete(key));
  }

  #table(name: string): Map<string, unknown> {
    const table = this.#tables.get(name) ?? new Map<string, unknown>();
    this.#tables.set(name, table);
    return table;
  }

  async #run<T>(weight: number, statement: () => T): Promise<T> {
    await this.#connection();
    try {
      const { milliseconds, random } = this.#options;
      if (milliseconds > 0) await sleep(random.around(milliseconds * weight, 0.4));
      return statement();
    } finally {
      const next = this.#waiting.shift();
      // The connection goes from hand to hand while anyone waits for it.
      if (next) next();
      else this.#active -= 1;
    }
  }

  #connection(): Promise<void> {
    if (this.#active < this.size) {
      this.#active += 1;
      this.#opened = Math.max(this.#opened, this.#active);
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
