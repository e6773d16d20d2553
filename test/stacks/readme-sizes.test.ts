import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENTS, stackOf } from '../support/rendered';
import { manifestsOf, type Manifest } from '../support/manifests';

/** What a row of the table says: processor, memory and volumes together, and processor and memory on each node. */
interface Size {
  readonly cpu: string;
  readonly memory: string;
  readonly volumes: string;
  readonly onEachNode: string;
}

interface PodSpec {
  readonly containers: readonly { readonly resources: { readonly requests: Requests } }[];
}

interface WorkloadSpec {
  /** @default 1 */
  readonly replicas?: number;
  readonly template: { readonly spec: PodSpec };
}

type Requests = Readonly<Record<'cpu' | 'memory', string>>;

const MIB_IN_GIB = 1_024;

/** A quantity of processors. */
function cores(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);
}

/** A quantity of bytes, in MiB. */
function mebibytes(quantity: string): number {
  const [, number = '', unit = ''] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  return Number(number) * (unit === 'Gi' ? MIB_IN_GIB : 1);
}

function requestsOf(manifests: readonly Manifest[], kinds: readonly string[]) {
  const each = manifests
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ spec }) => {
      const { replicas = 1, template } = spec as WorkloadSpec;
      return template.spec.containers.map(({ resources: { requests } }) => ({ replicas, requests }));
    });
  return {
    cpu: each.reduce((sum, { replicas, requests }) => sum + replicas * cores(requests.cpu), 0),
    memory: each.reduce((sum, { replicas, requests }) => sum + replicas * mebibytes(requests.memory), 0),
  };
}

function volumesOf(manifests: readonly Manifest[]): number {
  return manifests
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ spec }) => (spec as { resources: { requests: { storage: string } } }).resources.requests.storage)
    .reduce((sum, storage) => sum + mebibytes(storage), 0);
}

/** The table's row as the stack has it. */
function sizeOf(environment: string): Size {
  const manifests = manifestsOf(stackOf(environment));
  const workloads = requestsOf(manifests, ['Deployment', 'StatefulSet']);
  const agents = requestsOf(manifests, ['DaemonSet']);
  return {
    cpu: workloads.cpu.toFixed(2),
    memory: `${(workloads.memory / MIB_IN_GIB).toFixed(1)} GiB`,
    volumes: `${String(volumesOf(manifests) / MIB_IN_GIB)} GiB`,
    onEachNode: `${agents.cpu.toFixed(2)} CPU, ${String(agents.memory)} MiB`,
  };
}

describe('the sizes in README.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

  it.each(ENVIRONMENTS)('of %s are what its manifests request', (environment) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${environment} `)) ?? '';
    const [, , cpu, memory, volumes, onEachNode] = row.split('|').map((cell) => cell.trim());

    expect({ cpu, memory, volumes, onEachNode }).toEqual(sizeOf(environment));
  });
});
