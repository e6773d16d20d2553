import { App, TerraformResource } from 'cdktf';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../constructs/kubernetes/config-error';
import type { MonitoringModel } from './monitoring-model';
import { MonitoringStack } from './monitoring-stack';

/** Where Terraform's JSON is written unless the cdktf command line says otherwise. */
export const OUTPUT_FOLDER = 'cdktf.out';

/** What was written for one environment. */
export interface SynthesizedStack {
  readonly environment: string;
  /** Terraform type of each resource, such as `kubernetes_config_map_v1`. */
  readonly resourceTypes: readonly string[];
}

/**
 * Writes one stack for each model. Everything is written beside the output folder first and then moved into it file by
 * file: a failure leaves what was there before, and what Terraform keeps there (`.terraform`) stays.
 *
 * @param outdir the output folder
 * @throws ConfigError naming the environment, if a construct cannot place a part of its model
 */
export function synthesize(models: readonly MonitoringModel[], outdir: string): readonly SynthesizedStack[] {
  const target = resolve(outdir);
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  try {
    const stacks = withoutSourceMaps(() => {
      const app = new App({ outdir: partial });
      const made = models.map((model) => placed(app, model));
      app.synth();
      return made;
    });
    for (const file of readdirSync(partial, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) move(join(file.parentPath, file.name), partial, target);
    }
    return stacks.map((stack) => ({ environment: stack.node.id, resourceTypes: resourceTypes(stack) }));
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function placed(app: App, model: MonitoringModel): MonitoringStack {
  const { name } = model.environment;
  try {
    return new MonitoringStack(app, name, model);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError({ ...error.problem, where: `${name}: ${error.problem.where}` });
  }
}

/**
 * cdktf takes a whole stack trace for each attribute of each resource. To map those back to TypeScript would be a fifth
 * of the run; an error that leaves `work` is mapped all the same, since that happens when its trace is read.
 */
function withoutSourceMaps<T>(work: () => T): T {
  const before = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(false);
  try {
    return work();
  } finally {
    process.setSourceMapsEnabled(before);
  }
}

function move(file: string, from: string, to: string): void {
  const destination = join(to, file.slice(from.length));
  mkdirSync(dirname(destination), { recursive: true });
  renameSync(file, destination);
}

function resourceTypes(stack: MonitoringStack): string[] {
  return stack.node
    .findAll()
    .filter((child) => TerraformResource.isTerraformResource(child))
    .map((resource) => resource.terraformResourceType);
}
