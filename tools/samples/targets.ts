import type { MetricContract } from '../../content/metric-contract';
import type { Labels, World } from './world';

/** One target of a scrape job. */
export interface Target {
  /** Labels that its series get. */
  readonly labels: Labels;
  /** The node of whose pods and volumes alone it tells. @default - it tells of those of all nodes */
  readonly node?: string;
}

const API_SERVER = '10.30.0.2:443';

/** Addresses that the blackbox exporter probes. */
const PROBES = ['https://rag.example.org/health'];

/** Jobs whose program is built on that of another job, and has its metrics too. */
const BUILT_ON: Readonly<Record<string, readonly string[]>> = { 'otel-collector': ['jaeger'] };

/** The targets of a job in a world, with the labels that the contract says its series have. */
function targetsOf(job: string, targetLabels: readonly string[], world: World): readonly Target[] {
  return allTargets(job, world).map(({ labels, node }) => ({
    node,
    labels: Object.fromEntries(Object.entries(labels).filter(([name]) => targetLabels.includes(name))),
  }));
}

/** The targets that have a contract's metrics: those of its job and of jobs that are built on it, or of all jobs. */
export function targetsWith(
  { job, targetLabels }: MetricContract,
  contracts: readonly MetricContract[],
  world: World,
): readonly Target[] {
  if (job === '*') {
    return jobsOf(contracts).flatMap((other) => targetsOf(other.job, other.targetLabels, world));
  }
  return [job, ...(BUILT_ON[job] ?? [])].flatMap((name) => targetsOf(name, targetLabels, world));
}

/** One contract for each job that is named. */
function jobsOf(contracts: readonly MetricContract[]): readonly MetricContract[] {
  const named = contracts.filter(({ job }) => job !== '*');
  return [...new Map(named.map((contract) => [contract.job, contract])).values()];
}

function allTargets(job: string, world: World): readonly Target[] {
  const paths: Readonly<Record<string, string>> = { kubelet: '/metrics', cadvisor: '/metrics/cadvisor' };
  const path = paths[job];
  if (path !== undefined) {
    return world.nodes.map((node) => ({ node, labels: { instance: node, job, metrics_path: path, node } }));
  }
  if (job === 'apiserver') {
    return [{ labels: { instance: API_SERVER, job, namespace: 'default' } }];
  }
  if (job === 'blackbox') return PROBES.map((instance) => ({ labels: { instance, job } }));
  return world.pods
    .filter(({ app }) => app === job)
    .map(({ namespace, pod, node, address }) => ({
      labels: { instance: `${address}:9100`, job, namespace, pod, node },
    }));
}
