import { AsyncLocalStorage } from 'node:async_hooks';

/** Cost of one query while it runs. */
export interface QueryLedger {
  dollars: number;
  /** Tokens of all calls. */
  tokens: number;
  /** Tokens of models without a price, which are in no cost. */
  unpricedTokens: number;
}

const running = new AsyncLocalStorage<QueryLedger>();

/** Runs a query whose model calls add to `ledger`. */
export function withLedger<T>(ledger: QueryLedger, run: () => Promise<T>): Promise<T> {
  return running.run(ledger, run);
}

/** The ledger of the query that runs now. */
export function currentLedger(): QueryLedger | undefined {
  return running.getStore();
}
