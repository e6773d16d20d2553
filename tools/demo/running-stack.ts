import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readContent } from '../../content/content';
import type { Environment } from '../../environments/environment';
import { monitoringModel, type MonitoringModel } from '../../stacks/monitoring-model';
import { freePorts, startProgram, type ProgramOptions, type StartedProgram } from '../processes/program';
import { stackResources } from '../processes/stack-command';
import { startContainerMetrics, type ContainerProcess } from './container-metrics';
import { loopbackFiles, LOOPBACK, podPorts, type LoopbackSites } from './loopback';
import { forOlderPrograms } from './older-programs';
import { programCommands } from './program-commands';
import type { ProgramName, Programs } from './programs';
import type { Service } from './services';
import { silenceLeftOut } from './silence';
import { podName, type LeftOut } from './static-discovery';
import { startWebhook, type Webhook } from './webhook';

/** What a stack on this machine is made of. */
export interface StackOptions {
  readonly environment: Environment;
  readonly programs: Programs;
  /** Services of the application. */
  readonly services: readonly Service[];
  /**
   * Changes the files for this machine before they are written, such as by shortening every duration.
   * @default - they stay as the cluster would mount them, less addresses and paths
   */
  readonly compress?: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
  /**
   * Variables of a program's process, such as the address of a stand-in for AWS.
   * @default - none beside the stack's own
   */
  readonly variables?: Readonly<Partial<Record<ProgramName, Readonly<Record<string, string>>>>>;
  /**
   * Arguments of a program's process, added to the stack's own.
   * @default - none
   */
  readonly extraArguments?: Readonly<Partial<Record<ProgramName, readonly string[]>>>;
  /**
   * Called with the folder when the files lie in it and nothing runs yet, such as to lay data of earlier days there.
   * @default - nothing is done
   */
  readonly prepare?: (folder: string) => Promise<void>;
  /**
   * Stops the start when it comes.
   * @default - it is not stopped
   */
  readonly signal?: AbortSignal;
  /**
   * Told of each part that starts, so that a slow start can be watched.
   * @default - nobody
   */
  readonly onStart?: (part: string) => void;
  /**
   * Told when a part ends that nobody has stopped: its name, exit code or signal, and the end of its log.
   * @default - nobody
   */
  readonly onDeath?: (part: string, how: string, log: string) => void;
}

/** Addresses of what runs. */
export interface StackUrls {
  readonly prometheus: string;
  readonly alertmanager: string;
  /** Receiver of notifications. */
  readonly webhook: string;
  /** Pages and query API. @default - Jaeger does not run */
  readonly jaeger?: string;
  /** Where spans are sent to by OTLP over HTTP. @default - nothing takes them */
  readonly otlp?: string;
  /** By name. */
  readonly services: Readonly<Record<string, string>>;
}

/** A stack that runs on this machine. */
export interface RunningStack {
  readonly urls: StackUrls;
  /** Folder with the files that the programs read, and their data; gone after {@link stop}. */
  readonly folder: string;
  /** Parts of the environment that do not run here. */
  readonly leftOut: readonly LeftOut[];
  /** What files or flags lost because a program is older than the one that the stack deploys. */
  readonly unread: readonly string[];
  /** What came in so far. */
  readonly webhook: Pick<Webhook, 'notifications'>;
  /** The processes by name: programs, then services. */
  readonly processes: ReadonlyMap<string, StartedProgram>;
  /** Ends everything and removes the folder. Safe to call again. */
  stop(): Promise<void>;
}

const ROOT = join(__dirname, '..', '..');

/** Milliseconds that a service may take to be ready on a busy machine. */
const SERVICE_TIMEOUT_MS = 60_000;

/**
 * Starts an environment's stack and the services as processes of this machine, on free ports of loopback, and returns
 * when each of them is ready. What the stack does not find is in `leftOut`.
 *
 * @throws Error with the end of its log if a part does not start; all others are stopped then
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const starting = new StartingStack(options);
  try {
    return await starting.run();
  } catch (error) {
    await starting.stop();
    throw error;
  }
}

function unchanged(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return files;
}

/** Programs whose start needs no other one, and which others send to. */
const FIRST: readonly ProgramName[] = ['jaeger', 'alertmanager', 'node-exporter'];

class StartingStack {
  private readonly folder = mkdtempSync(join(tmpdir(), 'rag-monitoring-'));
  private readonly processes = new Map<string, StartedProgram>();
  /** What this process itself answers for. */
  private readonly servers: { stop(): Promise<void> }[] = [];
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: StackOptions) {}

  async run(): Promise<RunningStack> {
    const { environment, programs, services, compress = unchanged } = this.options;
    const model = monitoringModel(environment, readContent(ROOT));
    const webhook = await startWebhook();
    this.servers.push(webhook);
    const sites = await sitesOf(model, this.options, this.folder, webhook.port);
    const { files, leftOut } = loopbackFiles(model, sites);
    const older = forOlderPrograms(files, programs);
    this.write(compress(older.files));
    await this.options.prepare?.(this.folder);
    const commands = programCommands({ model, resources: stackResources(model), programs, sites });
    const start = async (name: ProgramName) => {
      const command = commands.get(name);
      if (command === undefined) return;
      const { variables, extraArguments } = this.options;
      await this.start(name, {
        ...command,
        args: [...command.args, ...(extraArguments?.[name] ?? [])],
        env: { ...command.env, ...variables?.[name] },
      });
    };
    await allOrNone(FIRST.map(start));
    await start('otel-collector');
    const urls = urlsOf(sites);
    await silenceLeftOut(urls.alertmanager, leftOut);
    await allOrNone(services.map((service) => this.startService(service, urls, sites)));
    this.servers.push(
      await startContainerMetrics(sites.containersPort, () => this.containers(model, services)),
    );
    await start('prometheus');
    return {
      urls,
      folder: this.folder,
      leftOut,
      unread: older.unread,
      webhook,
      processes: this.processes,
      stop: () => this.stop(),
    };
  }

  private write(files: ReadonlyMap<string, string>): void {
    for (const [name, text] of files) {
      const file = join(this.folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o600 });
    }
  }

  private async start(name: string, program: ProgramOptions): Promise<void> {
    this.options.signal?.throwIfAborted();
    const started = await startProgram({ ...program, logFile: join(this.folder, `${name}.log`) });
    this.processes.set(name, started);
    this.options.onStart?.(name);
    void started.ended.then((how) => {
      if (this.stopping === undefined) this.options.onDeath?.(name, how, started.logs());
    });
  }

  private async startService(service: Service, urls: StackUrls, { applications }: LoopbackSites) {
    const port = applications.get(service.name) ?? 0;
    const command = service.command({ port, otlpEndpoint: urls.otlp, ports: applications });
    await this.start(service.name, {
      ...command,
      cwd: ROOT,
      readyUrl: `http://${LOOPBACK}:${String(port)}/metrics`,
      timeoutMs: SERVICE_TIMEOUT_MS,
    });
  }

  /** The services as what they would be in the cluster. */
  private containers(model: MonitoringModel, services: readonly Service[]): readonly ContainerProcess[] {
    return services.flatMap(({ name, resources }) => {
      const pid = this.processes.get(name)?.pid;
      const namespace = namespaceOf(model, name);
      if (pid === undefined || namespace === undefined) return [];
      return [{ container: name, pod: podName(name), namespace, pid, resources }];
    });
  }

  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    // Services first: each sends what it has left to send, and would wait for a Collector that is gone.
    const services = this.options.services.flatMap(({ name }) => this.processes.get(name) ?? []);
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([...this.processes.values()].map((program) => program.stop()));
    await Promise.all(this.servers.map((server) => server.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for each, and then throws what the first of them threw: none is still starting when the others are stopped. */
async function allOrNone(starts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Where Prometheus looks for a service's pods. */
function namespaceOf({ jobs }: MonitoringModel, service: string): string | undefined {
  const selects = jobs.find(({ name }) => name === service)?.selects;
  return selects?.kind === 'pods' ? selects.namespaces[0] : undefined;
}

/** A free port for each port of what will run. */
async function sitesOf(
  model: MonitoringModel,
  { programs, services }: StackOptions,
  folder: string,
  webhookPort: number,
): Promise<LoopbackSites> {
  const inPods = Object.keys(programs).map((name) => ({ name, ports: podPorts(model, name) }));
  const count = inPods.flatMap(({ ports }) => ports).length + services.length + 1;
  const free = [...(await freePorts(count))];
  const next = () => free.pop() ?? 0;
  return {
    folder,
    components: new Map(
      inPods.map(({ name, ports }) => [name, new Map(ports.map((inPod) => [inPod, next()]))]),
    ),
    applications: new Map(services.map(({ name }) => [name, next()])),
    containersPort: next(),
    webhookPort,
  };
}

/** Ports of the pods that people and services call. */
const PORTS = { prometheus: 9090, alertmanager: 9093, query: 16_686, otlpHttp: 4318 } as const;

function urlsOf({ components, applications, webhookPort }: LoopbackSites): StackUrls {
  const url = (name: ProgramName, inPod: number) => {
    const port = components.get(name)?.get(inPod);
    return port === undefined ? undefined : `http://${LOOPBACK}:${String(port)}`;
  };
  return {
    prometheus: url('prometheus', PORTS.prometheus) ?? '',
    alertmanager: url('alertmanager', PORTS.alertmanager) ?? '',
    webhook: `http://${LOOPBACK}:${String(webhookPort)}`,
    jaeger: url('jaeger', PORTS.query),
    otlp: url('otel-collector', PORTS.otlpHttp) ?? url('jaeger', PORTS.otlpHttp),
    services: Object.fromEntries(
      [...applications].map(([name, port]) => [name, `http://${LOOPBACK}:${String(port)}`]),
    ),
  };
}
