import { join } from 'node:path';
import type { Scenario } from '../../examples/rag-api/load/scenarios';
import { tsx, type ServiceCommand } from './services';

const LOAD = join(__dirname, '..', '..', 'examples', 'rag-api', 'load', 'main.ts');

/** What the load generator is asked for. */
export interface LoadOptions {
  readonly scenario: string;
  /** Requests a second. @default - the scenario's own */
  readonly rate?: string;
  /** Addresses of the services by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** Option of the load generator that takes the address of a service. */
const TARGET_OPTIONS: Readonly<Record<string, string>> = {
  'rag-api': '--target',
  'upload-pipeline': '--upload-target',
  'agent-api': '--agent-target',
};

/** The command that sends requests to the services. */
export function loadCommand({
  scenario,
  rate,
  services,
}: LoadOptions): Pick<ServiceCommand, 'command' | 'args'> {
  return tsx(
    LOAD,
    '--scenario',
    scenario,
    ...(rate === undefined ? [] : ['--rate', rate]),
    ...loadTargets(services),
  );
}

/** Arguments that tell the load generator where the services are. */
export function loadTargets(services: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(services).flatMap(([name, url]) => {
    const option = TARGET_OPTIONS[name];
    return option === undefined ? [] : [option, url];
  });
}

/** What a scenario raises, for the reader of the status line. */
export function expectation({ name, about, expects }: Scenario): string {
  const alerts = expects.map(({ alert, severity, needs }) =>
    needs === undefined ? `${alert} (${severity})` : `${alert} (${severity}, not here: it needs ${needs})`,
  );
  return `${name}: ${about} Expected: ${alerts.length === 0 ? 'no alert' : alerts.join(', ')}`;
}
