import { Command, Option } from 'commander';
import { join } from 'node:path';
import { local } from '../environments/local';
import { SCENARIOS, scenarioOf } from '../examples/rag-api/load/scenarios';
import { introduction, watch } from './demo/demonstration';
import { expectation, loadCommand } from './demo/load';
import { findPrograms, withoutPages } from './demo/programs';
import { startStack, type RunningStack } from './demo/running-stack';
import { exampleServices } from './demo/services';
import { terminal } from './demo/terminal';
import { startProgram } from './processes/program';

/** Characters of a log that say why a part ended. */
const SHOWN_LOG_CHARACTERS = 2_000;

const startedAt = Date.now();

const program = new Command('demo')
  .description(
    'Runs the stack of the environment "local" with the example services as processes of this machine, on loopback.',
  )
  .addOption(
    new Option('--scenario <name>', 'what the load generator does')
      .choices(SCENARIOS.map(({ name }) => name))
      .default('normal'),
  )
  .option('--rate <requests>', 'requests a second; the scenario has its own')
  .action(async ({ scenario, rate }: { readonly scenario: string; readonly rate?: string }) => {
    process.exitCode = await demo(scenario, rate);
  });

void program.parseAsync();

async function demo(scenario: string, rate: string | undefined): Promise<number> {
  const output = terminal(process.stdout);
  const { programs, missing } = findPrograms();
  for (const line of missing) output.line(line);
  if (programs === undefined) return 1;
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      end.abort();
    });
  // A terminal that is closed, or a pipe that nobody reads any more.
  process.stdout.on('error', () => {
    end.abort();
  });
  let exitCode = 0;
  const fail = (text: string): void => {
    output.line(text);
    exitCode = 1;
    end.abort();
  };
  const onDeath = (part: string, how: string, log: string): void => {
    fail(`${part} ended by itself with ${how}; its log ends:\n${log.slice(-SHOWN_LOG_CHARACTERS)}`);
  };
  const onStart = (part: string): void => {
    output.line(`started ${part}`);
  };
  const parts: { stop(): Promise<void> }[] = [];
  try {
    const services = exampleServices(local.applications.map(({ name }) => name));
    const stack = await startStack({
      environment: local,
      programs,
      services,
      signal: end.signal,
      onStart,
      onDeath,
    });
    parts.push(stack);
    for (const line of [...introduction(stack), ...withoutPages(programs)]) output.line(line);
    output.line(expectation(scenarioOf(scenario)));
    if (!end.signal.aborted) parts.push(await startLoad(stack, scenario, rate, onDeath));
    await watch(stack, output, startedAt, end.signal);
  } catch (error) {
    if (!end.signal.aborted) fail(error instanceof Error ? error.message : String(error));
  }
  output.status('');
  output.line('stopping');
  for (const part of parts.reverse()) await part.stop();
  output.line('stopped');
  return exitCode;
}

async function startLoad(
  { urls, folder }: RunningStack,
  scenario: string,
  rate: string | undefined,
  onDeath: (part: string, how: string, log: string) => void,
): Promise<{ stop(): Promise<void> }> {
  const load = await startProgram({
    ...loadCommand({ scenario, rate, services: urls.services }),
    logFile: join(folder, 'load.log'),
  });
  let stopping = false;
  void load.ended.then((how) => {
    if (!stopping) onDeath('the load generator', how, load.logs());
  });
  return {
    stop: () => {
      stopping = true;
      return load.stop();
    },
  };
}
