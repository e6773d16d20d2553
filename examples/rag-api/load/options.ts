import { Command, InvalidArgumentError } from 'commander';
import { SCENARIOS, scenarioOf } from './scenarios';
import type { LoadOptions } from './run-load';

/** Options of the command. */
export interface CommandOptions extends LoadOptions {
  /**
   * When to stop, in seconds.
   * @default - when it is interrupted
   */
  readonly duration?: number;
}

interface Parsed {
  readonly scenario: string;
  readonly rate: number;
  readonly target: string;
  readonly uploadTarget: string;
  readonly agentTarget: string;
  readonly seed: number;
  readonly duration?: number;
  readonly apiKey?: string;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Infinity)) {
    throw new InvalidArgumentError('It is a number from 0 on.');
  }
  return value;
}

/** Reads the command line. @throws Error where no scenario has the name */
export function optionsFrom(argv: readonly string[]): CommandOptions {
  const names = SCENARIOS.map(({ name }) => name).join(', ');
  const command = new Command('load')
    .description('Makes load for the example services, with the faults of a scenario.')
    .option('--scenario <name>', `one of ${names}`, 'normal')
    .option('--rate <qps>', 'queries a second', number, 3)
    .option('--target <url>', 'the RAG service', 'http://127.0.0.1:8000')
    .option('--upload-target <url>', 'the upload pipeline', 'http://127.0.0.1:8001')
    .option('--agent-target <url>', 'the agent', 'http://127.0.0.1:8002')
    .option('--duration <seconds>', 'when to stop; not given: when interrupted', number)
    .option('--seed <number>', 'the same number makes the same requests', number, 1)
    .option('--api-key <key>', 'what the services were started with as API_KEY')
    .parse(argv);
  const { scenario, target, uploadTarget, agentTarget, ...others } = command.opts<Parsed>();
  return {
    ...others,
    scenario: scenarioOf(scenario),
    targets: { 'rag-api': target, 'upload-pipeline': uploadTarget, 'agent-api': agentTarget },
  };
}
