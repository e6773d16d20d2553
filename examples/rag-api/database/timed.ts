import { databasePool } from '../../../instrumentation';
import type { RagTelemetry } from '../../../instrumentation';
import type { Database, Operation } from './pool';

/** A database whose statements are timed, the wait for a connection included. */
export class TimedDatabase {
  readonly #telemetry: RagTelemetry;
  readonly #database: Database;

  constructor(telemetry: RagTelemetry, database: Database) {
    this.#telemetry = telemetry;
    this.#database = database;
    databasePool(telemetry, {
      max: database.size,
      active: () => database.active,
      idle: () => database.idle,
    });
  }

  insert(table: string, key: string, row: unknown): Promise<void> {
    return this.#timed('insert', () => this.#database.insert(table, key, row));
  }

  select(table: string, key: string): Promise<unknown> {
    return this.#timed('select', () => this.#database.select(table, key));
  }

  /** False where there is no such row. */
  update(table: string, key: string, change: Readonly<Record<string, unknown>>): Promise<boolean> {
    return this.#timed('update', () => this.#database.update(table, key, change));
  }

  /** False where there is no such row. */
  delete(table: string, key: string): Promise<boolean> {
    return this.#timed('delete', () => this.#database.delete(table, key));
  }

  async #timed<T>(operation: Operation, statement: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await statement();
    } finally {
      this.#telemetry.rag.dbQueryDuration.observe({ operation }, (performance.now() - start) / 1000);
    }
  }
}
