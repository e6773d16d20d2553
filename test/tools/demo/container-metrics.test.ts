import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { startContainerMetrics, type ContainerProcess } from '../../../tools/demo/container-metrics';
import { freePort } from '../../../tools/processes/program';

const MIB = 1024 * 1024;

/** Keeps 64 MiB and is done with them at once. */
const PROGRAM =
  'globalThis.kept = Buffer.alloc(64 * 1024 * 1024, 1); setInterval(() => {}, 1000); console.log("ready")';

describe('startContainerMetrics', () => {
  const containers: ContainerProcess[] = [];
  let child: ChildProcess;
  let url: string;
  let metrics: { stop(): Promise<void> };

  beforeAll(async () => {
    child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const port = await freePort();
    url = `http://127.0.0.1:${String(port)}`;
    metrics = await startContainerMetrics(port, () => containers);
    containers.push({
      container: 'rag-api',
      pod: 'rag-api-0',
      namespace: 'dev',
      pid: child.pid ?? NaN,
      resources: { memoryLimitBytes: 512 * MIB, cpuRequestCores: 0.5 },
    });
  });

  afterAll(async () => {
    child.kill('SIGKILL');
    await metrics.stop();
  });

  /** The value of a series whose labels are written as prom-client writes them. */
  async function value(path: string, series: string): Promise<number | undefined> {
    const text = await (await fetch(`${url}${path}`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  }

  const LABELS = 'namespace="dev",pod="rag-api-0",container="rag-api"';

  it('tells how much memory and CPU time the process has used', async () => {
    const memory = await value('/metrics/cadvisor', `container_memory_working_set_bytes{${LABELS}}`);

    expect(memory).toBeGreaterThan(64 * MIB);
    expect(memory).toBeLessThan(512 * MIB);
    expect(await value('/metrics/cadvisor', `container_cpu_usage_seconds_total{${LABELS}}`)).toBeGreaterThan(
      0,
    );
  });

  it('tells what its container would ask for', async () => {
    const memory = `${LABELS},resource="memory",unit="byte"`;

    expect(await value('/metrics', `kube_pod_container_resource_limits{${memory}}`)).toBe(512 * MIB);
    expect(await value('/metrics', `kube_pod_container_resource_requests{${memory}}`)).toBe(512 * MIB);
    expect(
      await value('/metrics', `kube_pod_container_resource_requests{${LABELS},resource="cpu",unit="core"}`),
    ).toBe(0.5);
  });

  it('knows no other page', async () => {
    expect((await fetch(`${url}/metrics/probes`)).status).toBe(404);
  });

  it('tells nothing of a process that has ended', async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;

    expect(await value('/metrics/cadvisor', `container_memory_working_set_bytes{${LABELS}}`)).toBeUndefined();
  });
});
