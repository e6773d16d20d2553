import { join } from 'node:path';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { renderedFiles } from '../../stacks/rendered-files';
import type { ProgramOptions } from '../processes/program';
import { commandIn, withArguments, type Resources, type StackCommand } from '../processes/stack-command';
import { LOOPBACK, type LoopbackSites } from './loopback';
import { argumentsOfOlder } from './older-programs';
import type { FoundProgram, ProgramName, Programs } from './programs';

/** What the commands are made of. */
export interface CommandOptions {
  readonly model: MonitoringModel;
  /** The environment's resources, which say how the stack starts each program. */
  readonly resources: Resources;
  readonly programs: Programs;
  readonly sites: LoopbackSites;
}

/** One program with everything that its command depends on. */
interface Given {
  readonly program: FoundProgram;
  readonly stack: StackCommand;
  /** The rendered prometheus.yml. */
  readonly config: string;
  /** Full path of a file or folder below the stack's. */
  readonly file: (name: string) => string;
  /** `127.0.0.1:<port>` of a port of the pod. */
  readonly address: (inPod: number) => string;
}

/** Health of Jaeger and the Collector. */
const HEALTH_PORT = 13_133;

/** How each program is made of what the stack says: its arguments, less paths and addresses. */
const COMMANDS: Readonly<Record<Exclude<ProgramName, 'node-exporter'>, (given: Given) => ProgramOptions>> = {
  prometheus: ({ program, stack, config, file, address }) => ({
    command: program.command,
    args: [
      ...argumentsOfOlder(
        program,
        withArguments(stack.args, {
          '--config.file': file('prometheus/prometheus.yml'),
          '--storage.tsdb.path': file('prometheus-data'),
        }),
        config,
      ),
      `--web.listen-address=${address(9090)}`,
      `--web.external-url=http://${address(9090)}`,
    ],
    env: stack.env,
    readyUrl: `http://${address(9090)}/-/ready`,
  }),
  alertmanager: ({ program, stack, file, address }) => ({
    command: program.command,
    args: [
      ...withArguments(
        stack.args.filter((argument) => !argument.startsWith('--cluster.')),
        {
          '--config.file': file('alertmanager/alertmanager.yml'),
          '--storage.path': file('alertmanager-data'),
          '--web.external-url': `http://${address(9093)}`,
        },
      ),
      // One alone has nobody to gossip with.
      '--cluster.listen-address=',
      `--web.listen-address=${address(9093)}`,
    ],
    env: stack.env,
    readyUrl: `http://${address(9093)}/-/ready`,
  }),
  jaeger: (given) => spanProgram(given, 'jaeger/config.yaml', '/status'),
  'otel-collector': (given) => spanProgram(given, 'otel-collector/config.yaml', '/'),
};

function spanProgram(
  { program, stack, file, address }: Given,
  config: string,
  health: string,
): ProgramOptions {
  return {
    command: program.command,
    args: withArguments(stack.args, { '--config': file(config) }),
    env: stack.env,
    readyUrl: `http://${address(HEALTH_PORT)}${health}`,
  };
}

/** The command of each program that runs. */
export function programCommands(options: CommandOptions): ReadonlyMap<ProgramName, ProgramOptions> {
  const { model, programs, sites } = options;
  const config = renderedFiles(model).get('prometheus/prometheus.yml') ?? '';
  const entries = Object.entries(programs) as [ProgramName, FoundProgram][];
  return new Map(
    entries.map(([name, program]) => {
      const address = (inPod: number) =>
        `${LOOPBACK}:${String(sites.components.get(name)?.get(inPod) ?? 'none')}`;
      // A chart deploys the exporter, so that the stack knows no command of it.
      if (name === 'node-exporter') return [name, nodeExporter(program, address(9100))];
      const file = (path: string) => join(sites.folder, path);
      return [
        name,
        COMMANDS[name]({ program, stack: commandIn(options.resources, name), config, file, address }),
      ];
    }),
  );
}

function nodeExporter({ command }: FoundProgram, address: string): ProgramOptions {
  return {
    command,
    args: [`--web.listen-address=${address}`],
    readyUrl: `http://${address}/metrics`,
  };
}
