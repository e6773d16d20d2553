import type { RagTelemetry } from './telemetry';

/** A pool of database connections. */
export interface ConnectionPool {
  readonly max: number;
  readonly active: () => number;
  readonly idle: () => number;
}

/** Tells a pool's size and use whenever metrics are read. */
export function databasePool(
  { rag }: Pick<RagTelemetry, 'rag'>,
  { max, active, idle }: ConnectionPool,
): void {
  rag.dbConnectionsMax.set({}, max);
  rag.dbConnections.follow({ state: 'active' }, active);
  rag.dbConnections.follow({ state: 'idle' }, idle);
}
