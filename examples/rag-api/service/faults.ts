import type { Random } from '../random';

/** Faults that can be switched on, with what their value means. */
export const FAULTS = {
  slowRetrieval: 'seconds that each search takes longer',
  emptyRetrieval: 'share of searches that find nothing, 0 to 1',
  providerDown: 'share of calls to the primary model that fail, 0 to 1',
  providerRateLimited: 'share of calls to the primary model that are refused for their rate, 0 to 1',
  costSpike: 'tokens that each prompt grows by, sent to the dear model',
  qualityDrop: 'share of answers that have nothing to do with the question, 0 to 1',
  cacheCollapse: 'share of look-ups in the semantic cache that miss what is there, 0 to 1',
  queueStuck: '1: no worker takes a job',
  memoryLeak: 'MiB that are kept for good with each second',
  errorBurst: 'share of requests that fail, 0 to 1',
} as const;

/** Name of a fault. */
export type Fault = keyof typeof FAULTS;

/** Faults that are on, with their values; those that are not named are off. */
export type FaultValues = Readonly<Partial<Record<Fault, number>>>;

const NAMES = Object.keys(FAULTS) as Fault[];
const SHARES: readonly Fault[] = NAMES.filter((name) => FAULTS[name].startsWith('share'));

/** The faults of one process: none, unless somebody asks for them. */
export class Faults {
  #values: FaultValues = {};
  readonly #listeners: (() => void)[] = [];

  /** Those that are on. */
  get values(): FaultValues {
    return this.#values;
  }

  /** Replaces those that are on. */
  replace(values: FaultValues): void {
    this.#values = values;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** A fault's value; 0 while it is off. */
  value(fault: Fault): number {
    return this.#values[fault] ?? 0;
  }

  /** Whether a fault that has a share happens this time. */
  happens(fault: Fault, random: Random): boolean {
    const share = this.value(fault);
    return share > 0 && random.chance(share);
  }
}

/**
 * Reads the body of a request that replaces the faults.
 *
 * @throws Error with the name or value that is not allowed, and those that are
 */
export function readFaults(body: unknown): FaultValues {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Error('the faults are an object of names and numbers, such as {"slowRetrieval": 0.8}');
  }
  for (const [name, value] of Object.entries(body)) {
    const fault = NAMES.find((known) => known === name);
    if (fault === undefined) throw new Error(`no fault "${name}"; there are ${NAMES.join(', ')}`);
    const most = SHARES.includes(fault) ? 1 : Infinity;
    if (typeof value !== 'number' || !(value >= 0 && value <= most)) {
      throw new Error(`${name} is ${JSON.stringify(value)}, but means: ${FAULTS[fault]}`);
    }
  }
  return body;
}
