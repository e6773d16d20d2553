import { randomFor } from '../random';
import { Authors } from './authors';
import { Chatters } from './chatters';
import { Client } from './client';
import type { Totals } from './client';
import { atPace } from './pace';
import { ask } from './readers';
import type { Scenario } from './scenarios';

/** Where requests go. */
export interface Targets {
  readonly 'rag-api': string;
  readonly 'upload-pipeline': string;
  readonly 'agent-api': string;
}

/** What load is made of. */
export interface LoadOptions {
  readonly scenario: Scenario;
  /** Queries a second; the scenario says how many chats and uploads come with them. */
  readonly rate: number;
  readonly targets: Targets;
  readonly seed: number;
  /**
   * Sent as `Authorization: Bearer ...`.
   * @default - none
   */
  readonly apiKey?: string;
}

/** Load that is being made. */
export interface RunningLoad {
  readonly totals: Readonly<Totals>;
  /** Stops it and switches the faults off. */
  stop(): Promise<void>;
}

type Service = keyof Targets;

const SERVICES: readonly Service[] = ['rag-api', 'upload-pipeline', 'agent-api'];

/**
 * Switches on the faults of a scenario and makes its load until it is stopped.
 *
 * @throws Error where a service does not take a fault
 */
export async function runLoad({ scenario, rate, targets, seed, apiKey }: LoadOptions): Promise<RunningLoad> {
  const client = new Client(apiKey);
  const random = (part: string) => randomFor(seed, part);
  try {
    await setFaults(targets, scenario.faults);
  } catch (error) {
    // Half a scenario is none.
    await setFaults(targets, {});
    throw error;
  }
  const { queries, chats, uploads } = scenario.traffic;
  const asking = random('questions');
  const chatters = new Chatters(client, targets['agent-api'], random('chats'));
  const urls = { agent: targets['agent-api'], upload: targets['upload-pipeline'] };
  const authors = new Authors(client, urls, random('uploads'));
  const stops = [
    atPace(rate * queries, random('pace of questions'), () => ask(client, targets['rag-api'], asking)),
    atPace(rate * chats, random('pace of chats'), () => chatters.act()),
    atPace(rate * uploads, random('pace of uploads'), () => authors.act()),
  ];
  return {
    totals: client.totals,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await chatters.end();
      await setFaults(targets, {});
    },
  };
}

/** Replaces the faults of all services. One that knows of none needs no telling that there are none. */
async function setFaults(targets: Targets, faults: Scenario['faults']): Promise<void> {
  for (const service of SERVICES) {
    const url = `${targets[service]}/_faults`;
    const { status } = await new Client().json('POST', url, faults[service] ?? {});
    if (status !== 200 && faults[service] !== undefined) {
      const answer = status === 0 ? 'nothing' : String(status);
      throw new Error(`${url} answers ${answer}; start ${service} with FAULTS=1, on this machine`);
    }
  }
}
