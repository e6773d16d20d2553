import pidusage from 'pidusage';
import { Counter, Gauge, Registry } from 'prom-client';
import { startHttpServer, type HttpServer } from '../processes/http-server';
import type { ContainerResources } from './services';

/** A process that stands for the container of a pod. */
export interface ContainerProcess {
  readonly container: string;
  readonly pod: string;
  readonly namespace: string;
  readonly pid: number;
  readonly resources: ContainerResources;
}

/** Labels of each series. */
const CONTAINER = ['namespace', 'pod', 'container'] as const;

/** Labels of what a container asks for. */
const RESOURCE = [...CONTAINER, 'resource', 'unit'] as const;

/** Where a kubelet has the metrics of cAdvisor. */
const CADVISOR_PATH = '/metrics/cadvisor';

/** Where kube-state-metrics has its own. */
const STATE_PATH = '/metrics';

/**
 * Answers in the place of a kubelet's cAdvisor and of kube-state-metrics for processes that run without Kubernetes: what
 * they use is what their operating system says, what they may use is what their pods would ask for. A process that has
 * ended has no series. Resident memory stands for the working set, which no system but Linux' control groups counts.
 *
 * @param containers asked for at each scrape
 */
export async function startContainerMetrics(
  port: number,
  containers: () => readonly ContainerProcess[],
): Promise<HttpServer> {
  const pages: Readonly<Record<string, () => Promise<Registry>>> = {
    [CADVISOR_PATH]: () => cadvisor(containers()),
    [STATE_PATH]: () => Promise.resolve(kubeStateMetrics(containers())),
  };
  return startHttpServer(
    (incoming, outgoing) => {
      const page = pages[incoming.url ?? ''];
      if (page === undefined) {
        outgoing.writeHead(404).end();
        return;
      }
      page()
        .then((registry) => registry.metrics())
        .then(
          (text) => outgoing.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text),
          (error: unknown) => outgoing.writeHead(500).end(String(error)),
        );
    },
    { port },
  );
}

async function cadvisor(containers: readonly ContainerProcess[]): Promise<Registry> {
  const registry = new Registry();
  const common = { labelNames: CONTAINER, registers: [registry] };
  const workingSet = new Gauge({
    ...common,
    name: 'container_memory_working_set_bytes',
    help: 'Memory of the process that stands for the container.',
  });
  const cpuTime = new Counter({
    ...common,
    name: 'container_cpu_usage_seconds_total',
    help: 'CPU time of the process that stands for the container.',
  });
  for (const [labels, { memory, ctime }] of await usages(containers)) {
    workingSet.set(labels, memory);
    cpuTime.inc(labels, ctime / 1_000);
  }
  return registry;
}

function kubeStateMetrics(containers: readonly ContainerProcess[]): Registry {
  const registry = new Registry();
  const common = { labelNames: RESOURCE, registers: [registry] };
  const limits = new Gauge({
    ...common,
    name: 'kube_pod_container_resource_limits',
    help: 'What the container may have.',
  });
  const requests = new Gauge({
    ...common,
    name: 'kube_pod_container_resource_requests',
    help: 'What the container is sure to get.',
  });
  for (const container of containers) {
    const { memoryLimitBytes, cpuRequestCores } = container.resources;
    const memory = { ...labelsOf(container), resource: 'memory', unit: 'byte' };
    limits.set(memory, memoryLimitBytes);
    requests.set(memory, memoryLimitBytes);
    requests.set({ ...labelsOf(container), resource: 'cpu', unit: 'core' }, cpuRequestCores);
  }
  return registry;
}

type Usage = readonly [labels: Record<(typeof CONTAINER)[number], string>, usage: pidusage.Status];

async function usages(containers: readonly ContainerProcess[]): Promise<readonly Usage[]> {
  const found = await Promise.all(
    containers.map(async (container): Promise<readonly Usage[]> =>
      pidusage(container.pid).then(
        (usage) => [[labelsOf(container), usage]],
        // The process has ended: there is nothing to tell of it.
        () => [],
      ),
    ),
  );
  return found.flat();
}

function labelsOf({ namespace, pod, container }: ContainerProcess): Usage[0] {
  return { namespace, pod, container };
}
