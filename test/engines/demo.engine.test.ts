import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { local } from '../../environments/local';
import { tsx } from '../../tools/demo/services';
import { startStack, type RunningStack } from '../../tools/demo/running-stack';
import { readStatus } from '../../tools/demo/status';
import { StoredTraces } from '../../tools/demo/stored-traces';
import { describeWithEngines } from '../support/engines';
import { eventually, getJson } from '../support/eventually';
import { modelOf } from '../support/rendered';
import { standInService } from '../support/stand-in-service';

const ROOT = join(__dirname, '..', '..');
const SERVICES = local.applications.map(({ name }) => name);

const NODE = { node: 'this-machine' };

/** Jobs with a target on this machine, with the labels that say where it stands. */
const TARGETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(SERVICES.map((name) => [name, { namespace: 'dev', pod: `${name}-0`, ...NODE }])),
  ...Object.fromEntries(
    ['prometheus', 'alertmanager', 'jaeger', 'otel-collector'].map((name) => [
      name,
      { namespace: 'monitoring', pod: `${name}-0`, ...NODE },
    ]),
  ),
  'node-exporter': { namespace: 'monitoring-agents', pod: 'node-exporter-0', ...NODE },
  cadvisor: { metrics_path: '/metrics/cadvisor', ...NODE },
  // Its series say themselves where what they tell of stands.
  'kube-state-metrics': {},
};

interface ActiveTargets {
  readonly data: {
    readonly activeTargets: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly health: string;
    }[];
  };
}

jest.setTimeout(180_000);

describeWithEngines(
  ['prometheus', 'alertmanager', 'jaeger', 'otelcol', 'node_exporter'],
  'the stack of "local" as processes of this machine',
  ({ prometheus, alertmanager, jaeger, otelcol, node_exporter: nodeExporter }) => {
    const programs = () => ({
      prometheus: { command: prometheus },
      alertmanager: { command: alertmanager },
      jaeger: { command: jaeger },
      'otel-collector': { command: otelcol },
      'node-exporter': { command: nodeExporter },
    });
    const deaths: string[] = [];
    let stack: RunningStack;

    beforeAll(async () => {
      stack = await startStack({
        environment: local,
        programs: programs(),
        services: SERVICES.map(standInService),
        onDeath: (part) => deaths.push(part),
      });
    });

    afterAll(() => stack.stop());

    it('has a target for each job whose program runs, all up, with the labels of the cluster', async () => {
      await eventually(
        'all targets up',
        () => readStatus(stack),
        ({ targets, targetsUp }) => targets === Object.keys(TARGETS).length && targetsUp === targets,
        60_000,
      );
      const { data } = (await getJson(`${stack.urls.prometheus}/api/v1/targets`)) as ActiveTargets;
      const found = Object.fromEntries(
        data.activeTargets.map(({ labels: { job = '', instance: _instance, ...labels } }) => [job, labels]),
      );

      expect(found).toEqual(TARGETS);
      for (const { labels } of data.activeTargets) {
        const job = modelOf('local').jobs.find(({ name }) => name === labels['job']);
        // This machine has none of the labels that a cloud gives its nodes.
        const expected = (job?.targetLabels ?? []).filter(
          (label) => !/_(?:zone|type|nodegroup|nodepool)$/.test(label),
        );
        expect(Object.keys(labels).sort()).toEqual(expected.sort());
      }
    });

    it('says of every other job why it has no target, and silences alerts about it', async () => {
      const jobs = modelOf('local').jobs.map(({ name }) => name);
      const silences = (await getJson(`${stack.urls.alertmanager}/api/v2/silences`)) as readonly {
        readonly matchers: readonly { readonly value: string }[];
      }[];

      expect([...stack.leftOut.map(({ job }) => job), ...Object.keys(TARGETS)].sort()).toEqual(jobs.sort());
      expect(silences.map(({ matchers }) => matchers[0]?.value)).toEqual([
        stack.leftOut.map(({ job }) => job).join('|'),
      ]);
    });

    it('tells the receiver of the Watchdog by the rendered rules and routes', async () => {
      const { notifications } = stack.webhook;
      await eventually(
        'a notification',
        () => notifications.length,
        (count) => count > 0,
        60_000,
      );

      expect(notifications[0]).toMatchObject({
        receiver: 'heartbeat',
        status: 'firing',
        alerts: [{ labels: { alertname: 'Watchdog', cluster: 'kind-rag', environment: 'local' } }],
      });
    });

    it('stores a trace that a service sends through the Collector', async () => {
      const answer = await fetch(`${stack.urls.services['rag-api'] ?? ''}/query`, { method: 'POST' });

      expect(await answer.text()).toBe('200');
      await eventually(
        'a trace in Jaeger',
        () => new StoredTraces(stack.urls.jaeger ?? '', Date.now() - 60_000).count(),
        (count) => count === 1,
      );
    });

    it('tells of a part that ends by itself, and leaves no process and no file when it is stopped', async () => {
      const { folder, processes } = stack;
      process.kill(-(processes.get('node-exporter')?.pid ?? NaN), 'SIGKILL');
      await eventually(
        'the death is told',
        () => deaths,
        ({ length }) => length > 0,
      );
      await stack.stop();

      expect(deaths).toEqual(['node-exporter']);
      expect(existsSync(folder)).toBe(false);
      for (const { pid } of processes.values()) {
        expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      }
      await expect(fetch(stack.urls.prometheus)).rejects.toThrow('fetch failed');
    });
  },
);

describeWithEngines(
  ['prometheus', 'alertmanager', 'jaeger', 'otelcol', 'node_exporter'],
  'npm run demo',
  () => {
    it('has all targets of the example services up within a minute, and ends with Ctrl-C', async () => {
      const { command, args } = tsx(join(ROOT, 'tools', 'demo.ts'));
      const demo = spawn(command, args, { cwd: ROOT });
      let text = '';
      demo.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      const ended = new Promise<number | null>((resolve) => demo.once('close', resolve));
      await eventually(
        'all targets up',
        () => text,
        (written) => written.includes('all targets up'),
        120_000,
      ).finally(() => demo.kill('SIGINT'));

      expect(await ended).toBe(0);
      const folder = /^Files and logs {3}(.*)$/m.exec(text)?.[1] ?? '';
      expect(folder).not.toBe('');
      expect(existsSync(folder)).toBe(false);
      expect(Number(/all targets up: \d+, ([\d.]+) s/.exec(text)?.[1])).toBeLessThan(60);
      expect(text).toMatch(/stopping\nstopped\n$/);
    });
  },
);
