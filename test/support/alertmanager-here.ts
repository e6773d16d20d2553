import { join } from 'node:path';
import { parse } from 'yaml';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import { getJson } from './eventually';
import { startProgram, type RunningProgram } from './programs';
import { commandOf, withArguments, type RenderedFolder } from './rendered';

/** Time from an alert to its message, in the one place that shortens it. */
const HURRY = { group_wait: '0s', group_interval: '1s' } as const;

const CONFIG = 'alertmanager/alertmanager.yml';

/** One receiver, with its integrations by key such as `sns_configs`. */
export type RenderedReceiver = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> & {
  readonly name: string;
};

interface RenderedRoute {
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly routes?: readonly RenderedRoute[];
}

interface RenderedConfig {
  readonly global: Readonly<Record<string, unknown>>;
  readonly route: RenderedRoute;
  readonly receivers: readonly Readonly<Record<string, unknown>>[];
}

/** What replaces the services that Alertmanager would call. */
export interface ServicesHere {
  /** Set in `global`, such as an address. */
  readonly global?: Readonly<Record<string, unknown>>;
  /** By integration, such as `sns`: what is set in each; `undefined` takes the integration out. */
  readonly integrations?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

function hurried(route: RenderedRoute): RenderedRoute {
  return {
    ...route,
    ...(route.group_wait !== undefined && { group_wait: HURRY.group_wait }),
    ...(route.group_interval !== undefined && { group_interval: HURRY.group_interval }),
    ...(route.routes && { routes: route.routes.map(hurried) }),
  };
}

/** A receiver with what replaces the services that it would call. */
function redirected(
  receiver: Readonly<Record<string, unknown>>,
  integrations: NonNullable<ServicesHere['integrations']>,
) {
  return Object.fromEntries(
    Object.entries(receiver).flatMap(([key, value]) => {
      const kind = key.replace(/_configs$/, '');
      if (kind === key || !(kind in integrations)) return [[key, value]];
      const changes = integrations[kind];
      if (changes === undefined) return [];
      return [[key, (value as readonly object[]).map((one) => ({ ...one, ...changes }))]];
    }),
  );
}

/** The text of alertmanager.yml with services on loopback in the place of those that it would call. */
export function withServicesHere(text: string, { global = {}, integrations = {} }: ServicesHere): string {
  const config = parse(text) as RenderedConfig;
  return renderYaml({
    ...config,
    global: { ...config.global, ...global },
    receivers: config.receivers.map((receiver) => redirected(receiver, integrations)),
  });
}

/** Puts alertmanager.yml of a folder into the form for this machine: services on loopback, messages without delay. */
export function adaptAlertmanager(folder: RenderedFolder, services: ServicesHere): void {
  const config = parse(withServicesHere(folder.read(CONFIG), services)) as RenderedConfig;
  folder.write(CONFIG, renderYaml({ ...config, route: hurried(config.route) }));
}

/** An Alertmanager on the rendered files. */
export interface AlertmanagerHere extends RunningProgram {
  readonly url: string;
  /** `127.0.0.1:<port>` of its API. */
  readonly address: string;
}

/** How one of several is started. */
export interface AlertmanagerOptions {
  readonly command: string;
  readonly folder: RenderedFolder;
  readonly port: number;
  /**
   * Ports at which the members of a pair gossip, its own first.
   *
   * @default - it runs alone: the arguments of the gossip are left out
   */
  readonly clusterPorts?: readonly number[];
  /**
   * Values of the stack's arguments that differ here, by flag.
   *
   * @default - none but paths and addresses
   */
  readonly values?: Readonly<Record<string, string>>;
  /**
   * Variables of its process.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
}

const PEER = '--cluster.peer';
const LISTEN = '--cluster.listen-address';

/** The stack's arguments, with members of the pair on loopback. */
function argumentsHere(
  { folder, clusterPorts = [], values = {} }: AlertmanagerOptions,
  name: string,
): readonly string[] {
  const given = commandOf(folder.environment, 'alertmanager').args;
  const paths = {
    ...values,
    '--config.file': folder.file(CONFIG),
    '--storage.path': join(folder.path, `${name}-data`),
  };
  const [own] = clusterPorts;
  if (own === undefined) {
    const alone = given.filter(
      (argument) => !argument.startsWith('--cluster.') || argument.startsWith(LISTEN),
    );
    return withArguments(alone, { ...paths, [LISTEN]: '' });
  }
  const peers = given.filter((argument) => argument.startsWith(`${PEER}=`));
  if (peers.length !== clusterPorts.length)
    throw new Error(`the stack names ${peers.join(', ') || 'no peers'}`);
  const member = (port: number) => `127.0.0.1:${String(port)}`;
  return [
    ...withArguments(
      given.filter((argument) => !peers.includes(argument)),
      { ...paths, [LISTEN]: member(own), '--cluster.advertise-address': member(own) },
    ),
    ...clusterPorts.map((port) => `${PEER}=${member(port)}`),
  ];
}

/** Starts Alertmanager with the arguments of the stack, less paths and addresses. */
export async function startAlertmanager(options: AlertmanagerOptions): Promise<AlertmanagerHere> {
  const address = `127.0.0.1:${String(options.port)}`;
  const url = `http://${address}`;
  const program = await startProgram({
    command: options.command,
    args: [
      ...argumentsHere(options, `alertmanager-${String(options.port)}`),
      `--web.listen-address=${address}`,
    ],
    env: options.env,
    readyUrl: `${url}/-/ready`,
    // A member that leaves the gossip waits until the others know.
    graceMs: 1_000,
  });
  return {
    pid: program.pid,
    logs: () => program.logs(),
    stop: () => program.stop(),
    url,
    address,
  };
}

/** Sends alerts as Prometheus does. */
export async function postAlerts(
  { url }: AlertmanagerHere,
  alerts: readonly {
    readonly labels: object;
    readonly annotations?: object;
    readonly endsAt?: string;
  }[],
): Promise<void> {
  const answer = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  if (!answer.ok) throw new Error(`${url}: ${String(answer.status)} ${await answer.text()}`);
}

/** Members of the gossip that an Alertmanager sees, itself included. */
export async function clusterSize({ url }: AlertmanagerHere): Promise<number> {
  const status = (await getJson(`${url}/api/v2/status`)) as { cluster: { peers?: readonly unknown[] } };
  return status.cluster.peers?.length ?? 0;
}
