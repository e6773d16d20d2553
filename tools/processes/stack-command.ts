import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { synthesize } from '../../stacks/synthesis';

/** Resources of Terraform's JSON: type -> id -> body. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** A container as Terraform gets it, as far as starting its program needs it. */
interface ContainerBody {
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** How the stack starts a component. */
export interface StackCommand {
  readonly image: string;
  readonly args: readonly string[];
  /** Variables that it gives a value. */
  readonly env: Readonly<Record<string, string>>;
}

const WORKLOADS = ['kubernetes_deployment_v1', 'kubernetes_stateful_set_v1', 'kubernetes_daemon_set_v1'];

/** Terraform's JSON of an environment's stack. */
export function terraformJson(model: MonitoringModel): string {
  const folder = mkdtempSync(join(tmpdir(), `stack-${model.environment.name}-`));
  try {
    synthesize([model], folder);
    return readFileSync(join(folder, 'stacks', model.environment.name, 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The resources of an environment's stack as Terraform gets them. */
export function stackResources(model: MonitoringModel): Resources {
  return (JSON.parse(terraformJson(model)) as { readonly resource: Resources }).resource;
}

/**
 * Image, arguments and variables that the stack starts a component with.
 *
 * @throws Error if the stack has no such workload
 */
export function commandIn(resources: Resources, component: string): StackCommand {
  const found = WORKLOADS.flatMap((type) => Object.values(resources[type] ?? {})).find(
    ({ metadata }) => (metadata as { readonly name: string }).name === component,
  );
  const spec = found?.['spec'] as
    { readonly template: { readonly spec: { readonly container: readonly ContainerBody[] } } } | undefined;
  const [container] = spec?.template.spec.container ?? [];
  if (container === undefined) throw new Error(`the stack has no workload ${component}`);
  const variables = (container.env ?? []).flatMap(({ name, value }): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return { image: container.image, args: container.args ?? [], env: Object.fromEntries(variables) };
}

/**
 * Arguments with the values of some replaced: a name that the stack does not give is an error, so that a replacement
 * that no longer replaces anything is noticed.
 *
 * @param values new value by flag, such as `--config.file`
 */
export function withArguments(
  given: readonly string[],
  values: Readonly<Record<string, string>>,
): readonly string[] {
  const nameOf = (argument: string) => argument.split('=')[0] ?? '';
  const absent = Object.keys(values).filter((name) => !given.some((argument) => nameOf(argument) === name));
  if (absent.length > 0) throw new Error(`the stack gives no ${absent.join(', ')} among ${given.join(' ')}`);
  return given.map((argument) => {
    const value = values[nameOf(argument)];
    return value === undefined ? argument : `${nameOf(argument)}=${value}`;
  });
}
