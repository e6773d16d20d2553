import { Command, Option } from 'commander';
import { join } from 'node:path';
import { environments } from '../environments';
import { SCENARIOS, scenarioOf } from '../examples/rag-api/load/scenarios';
import { introduction, watch } from './demo/demonstration';
import { expectation, loadCommand } from './demo/load';
import { findPrograms } from './demo/programs';
import { startStack, type RunningStack } from './demo/running-stack';
import { exampleServices } from './demo/services';
import { terminal } from './demo/terminal';
import { startProgram, type StartedProgram } from './processes/program';

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
  const environment = environments.find(({ name }) => name === 'local');
  if (programs === undefined || environment === undefined) return 1;
  const end = new AbortController();
  let exitCode = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      end.abort();
    });
  const onDeath = (part: string, how: string, log: string): void => {
    output.line(`${part} ended by itself with ${how}; its log ends:\n${log.slice(-SHOWN_LOG_CHARACTERS)}`);
    exitCode = 1;
    end.abort();
  };
  let stack: RunningStack | undefined;
  let load: StartedProgram | undefined;
  try {
    stack = await startStack({
      environment,
      programs,
      services: exampleServices(environment.applications.map(({ name }) => name)),
      onStart: (part) => {
        output.line(`started ${part}`);
      },
      onDeath,
    });
    for (const line of introduction(stack)) output.line(line);
    output.line(expectation(scenarioOf(scenario)));
    if (!end.signal.aborted) {
      load = await startProgram({
        ...loadCommand({ scenario, rate, services: stack.urls.services }),
        logFile: join(stack.folder, 'load.log'),
      });
      const running = load;
      void load.ended.then((how) => {
        if (!end.signal.aborted) onDeath('the load generator', how, running.logs());
      });
    }
    await watch(stack, output, startedAt, end.signal);
  } catch (error) {
    output.line(error instanceof Error ? error.message : String(error));
    exitCode = 1;
  }
  output.line('stopping');
  await load?.stop();
  await stack?.stop();
  output.line('stopped');
  return exitCode;
}
