import { CALL_OUTCOMES } from './metrics/label-values';
import type { CallOutcome } from './metrics/label-values';

/** A word for an error: the `outcome` or `code` it carries, else its class. Never its text. */
export function kindOfError(error: unknown): string {
  const outcome = word(error, 'outcome') ?? word(error, 'code');
  if (outcome !== undefined) return outcome;
  return error instanceof Error ? error.name : 'error';
}

/** Outcome of a call to a model that threw. */
export function failedOutcome(error: unknown): Exclude<CallOutcome, 'success'> {
  const told = word(error, 'outcome');
  const outcome = CALL_OUTCOMES.find((known) => known === told);
  return outcome === undefined || outcome === 'success' ? 'error' : outcome;
}

function word(error: unknown, field: 'outcome' | 'code'): string | undefined {
  if (typeof error !== 'object' || error === null || !(field in error)) return undefined;
  const value = (error as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' && /^[\w.-]{1,50}$/.test(value) ? value : undefined;
}
