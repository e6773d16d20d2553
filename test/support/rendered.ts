import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { secretFile } from '../../constructs/kubernetes/component';
import { readContent, type Content } from '../../content/content';
import { environments } from '../../environments';
import { allOf } from '../../stacks/components';
import { monitoringModel, type MonitoringModel } from '../../stacks/monitoring-model';
import { renderedFiles } from '../../stacks/rendered-files';
import { commandIn, terraformJson, type StackCommand } from '../../tools/processes/stack-command';
import type { SynthesizedResources } from './synth';

export { withArguments } from '../../tools/processes/stack-command';

/** Every environment of the repository. */
export const ENVIRONMENTS = environments.map(({ name }) => name);

/** Those with an AWS side. */
export const AWS_ENVIRONMENTS = environments.filter(({ aws }) => aws !== undefined).map(({ name }) => name);

/**
 * Where the programs look in their pods, and where that is below a test's folder: the one list of what differs in paths
 * between a pod and this machine. The longest comes first, since each is replaced wherever it stands.
 */
const POD_DIRECTORIES: readonly (readonly [inPod: string, inFolder: string])[] = [
  ['/var/run/secrets/kubernetes.io/serviceaccount', '/service-account'],
  ['/var/lib/jaeger', '/jaeger-data'],
  ['/etc/', '/'],
];

const models = new Map<string, MonitoringModel>();
let content: Content | undefined;

/** Dashboards, rules and runbooks of the repository. */
export function repositoryContent(): Content {
  content ??= readContent(join(__dirname, '..', '..'));
  return content;
}

/** The model of an environment of the repository, made once. */
export function modelOf(name: string): MonitoringModel {
  const known = models.get(name);
  if (known !== undefined) return known;
  const environment = environments.find((candidate) => candidate.name === name);
  if (environment === undefined) throw new Error(`${name} is no environment`);
  const model = monitoringModel(environment, repositoryContent());
  models.set(name, model);
  return model;
}

/** Names of an environment's rule files, such as `prometheus/rules/cost.yaml`. */
export function ruleFilesOf(environment: string): readonly string[] {
  return [...renderedFiles(modelOf(environment)).keys()].filter((name) =>
    name.startsWith('prometheus/rules/'),
  );
}

/** The files that an environment's programs read, on this machine. */
export interface RenderedFolder {
  readonly environment: string;
  readonly path: string;
  /** Full path of a file or folder, given as `npm run render` names it, such as `prometheus/prometheus.yml`. */
  file(name: string): string;
  /** Text of a file as it lies in the folder. */
  read(name: string): string;
  /** Adds or replaces a file. */
  write(name: string, text: string): void;
  /** A text that names directories of a pod, naming this folder instead. */
  onThisMachine(text: string): string;
  remove(): void;
}

/**
 * Writes what {@link renderedFiles} gives for an environment into a new folder, with paths of the pod replaced by paths
 * in it. Secrets and the service account are there too: each secret file holds `<name>/<key>`.
 */
export function renderedFolder(environment: string): RenderedFolder {
  const model = modelOf(environment);
  const path = mkdtempSync(join(tmpdir(), `rendered-${environment}-`));
  const file = (name: string) => join(path, name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(file(name)), { recursive: true });
    writeFileSync(file(name), text);
  };
  const onThisMachine = (text: string) =>
    POD_DIRECTORIES.reduce(
      (done, [inPod, inFolder]) => done.replaceAll(inPod, () => `${path}${inFolder}`),
      text,
    );
  for (const [name, text] of renderedFiles(model)) write(name, onThisMachine(text));
  for (const secret of allOf(model.components).flatMap(({ secrets }) => secrets)) {
    write(secretFile(secret).replace('/etc/', ''), `${secret.name}/${secret.key}`);
  }
  write('service-account/token', 'token');
  write('service-account/ca.crt', '');
  return {
    environment,
    path,
    file,
    write,
    onThisMachine,
    read: (name) => readFileSync(file(name), 'utf8'),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

const stacks = new Map<string, string>();

/** Terraform's JSON of an environment, synthesized once. */
export function terraformOf(environment: string): string {
  const known = stacks.get(environment);
  if (known !== undefined) return known;
  const text = terraformJson(modelOf(environment));
  stacks.set(environment, text);
  return text;
}

/** The resources of an environment's stack as Terraform gets them. */
export function stackOf(environment: string): SynthesizedResources {
  return (JSON.parse(terraformOf(environment)) as { resource: SynthesizedResources }).resource;
}

/** Arguments and variables that the stack starts a component with. */
export function commandOf(environment: string, component: string): StackCommand {
  return commandIn(stackOf(environment), component);
}

/**
 * Text with one piece replaced everywhere.
 *
 * @throws Error if the piece is not there: a replacement that no longer replaces anything is noticed
 */
export function replaced(text: string, piece: string, by: string): string {
  if (!text.includes(piece))
    throw new Error(`"${piece}" is not in the rendered text:\n${text.slice(0, 2_000)}`);
  return text.replaceAll(piece, () => by);
}
