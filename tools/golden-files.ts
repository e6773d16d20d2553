import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MonitoringModel } from '../stacks/monitoring-model';
import { renderedFiles } from '../stacks/rendered-files';
import { synthesize } from '../stacks/synthesis';
import type { FileTree } from './files';

/** Environments whose files and resources are kept whole; the others are kept as an inventory. */
const WHOLE = ['prod', 'local'];

/** A resource as Terraform gets it. */
type Resource = Readonly<Record<string, unknown>>;

/**
 * What a reviewer reads of the synthesized output, by path below `test/golden`:
 *
 * - `<environment>/inventory.txt`: a line for each resource;
 * - for prod and local, `files/` as the programs read them and `resources/`, a JSON file for each resource without the
 *   data of those files.
 */
export function goldenFiles(models: readonly MonitoringModel[]): FileTree {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    synthesize(models, folder);
    return new Map(models.flatMap((model) => goldenOf(model, folder)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function goldenOf(model: MonitoringModel, folder: string): [string, string][] {
  const { name } = model.environment;
  const stack = JSON.parse(readFileSync(join(folder, 'stacks', name, 'cdk.tf.json'), 'utf8')) as {
    resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  };
  const resources = Object.entries(stack.resource).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, body]) => ({ type, id, body })),
  );
  const inventory = resources
    .map(({ type, id, body }) => `${type}.${id} ${physicalName(body)}`.trimEnd())
    .sort();
  return [
    [`${name}/inventory.txt`, `${inventory.join('\n')}\n`],
    ...(WHOLE.includes(name)
      ? [...filesOf(model), ...resources.map((resource) => resourceFile(name, resource))]
      : []),
  ];
}

function filesOf(model: MonitoringModel): [string, string][] {
  return [...renderedFiles(model)].map(([path, content]) => [
    `${model.environment.name}/files/${path}`,
    content,
  ]);
}

function resourceFile(
  environment: string,
  { type, id, body }: { readonly type: string; readonly id: string; readonly body: Resource },
): [string, string] {
  const { '//': _metadata, ...rest } = body;
  const shown = type === 'kubernetes_config_map_v1' ? { ...rest, data: fileNames(rest['data']) } : rest;
  return [`${environment}/resources/${type}.${id}.json`, `${JSON.stringify(shown, null, 2)}\n`];
}

/** The content of a ConfigMap is a golden of its own. */
function fileNames(data: unknown): string[] {
  return Object.keys(Object(data) as object).sort();
}

function physicalName(body: Resource): string {
  const metadata = Object(body['metadata']) as Resource;
  const named = metadata['name'] ?? body['name'] ?? body['alarm_name'] ?? body['dashboard_name'];
  const namespace = metadata['namespace'] ?? body['namespace'];
  if (typeof named !== 'string') return '';
  return typeof namespace === 'string' ? `${namespace}/${named}` : named;
}
