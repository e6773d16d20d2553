import type { Environment } from '../environments/environment';

/** The environment whose physical names carry no suffix. */
const PLAIN = 'prod';

/** What the AWS names of an environment end in: nothing for prod, `-<name>` for every other. */
export function nameSuffix(environment: Pick<Environment, 'name'>): string {
  return environment.name === PLAIN ? '' : `-${environment.name}`;
}
