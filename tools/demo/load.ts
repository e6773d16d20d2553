import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

/**
 * The command that sends requests to the services.
 *
 * @throws Error if the load generator is not there
 */
export function loadCommand({
  scenario,
  rate,
  services,
}: LoadOptions): Pick<ServiceCommand, 'command' | 'args'> {
  if (!existsSync(LOAD)) throw new Error(`${LOAD}: not there; mend: check the repository out whole`);
  return tsx(
    LOAD,
    '--scenario',
    scenario,
    ...(rate === undefined ? [] : ['--rate', rate]),
    ...Object.entries(services).flatMap(([name, url]) => ['--target', `${name}=${url}`]),
  );
}
