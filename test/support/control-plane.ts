import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stringify } from 'yaml';

import { startTogether, type Stoppable } from '../../tools/processes/cleanup';
import type { EnginePaths } from './engines';
import { kubernetesClient, waitForAnswer } from './kubernetes-client';
import type { KubernetesClient } from './kubernetes-client';
import { freePorts, startProgram } from './programs';
import type { ProgramOptions } from './programs';

/** The programs that make a control plane with a simulated node. */
export const CONTROL_PLANE_ENGINES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const;

type ControlPlaneEngines = EnginePaths<(typeof CONTROL_PLANE_ENGINES)[number]>;

/** The one node, which kwok plays: pods on it become ready without containers. */
export const NODE_NAME = 'node-a';

/**
 * Addresses that objects name and nobody answers at: networks for documentation (RFC 5737), so that a program that
 * believes them reaches no stranger.
 */
export const ADDRESSES = { apiServer: '192.0.2.1', node: '198.51.100.1', pods: '203.0.113.1/24' } as const;

/** Port that the node names as its kubelet's. */
export const KUBELET_PORT = 10_250;

/** A real Kubernetes control plane on loopback: admission, RBAC, controllers and scheduling are the real programs'. */
export interface ControlPlane extends Stoppable {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** Certificate of the API server, in PEM; it has signed itself. */
  readonly certificate: string;
  /** Token of a member of `system:masters`. */
  readonly adminToken: string;
  /** File for programs that take `--kubeconfig`; its user is the administrator. */
  readonly kubeconfigPath: string;
  readonly client: KubernetesClient;
}

/** What the programs share: files, ports and the administrator's token. */
interface Ground {
  readonly folder: string;
  readonly adminToken: string;
  readonly ports: Readonly<Record<'etcd' | 'peer' | 'api' | 'controllers' | 'scheduler' | 'kwok', number>>;
}

function file(ground: Ground, name: string): string {
  return join(ground.folder, name);
}

function loopback(scheme: 'http' | 'https', port: number): string {
  return `${scheme}://127.0.0.1:${String(port)}`;
}

async function prepareGround(): Promise<Ground> {
  const [etcd = 0, peer = 0, api = 0, controllers = 0, scheduler = 0, kwok = 0] = await freePorts(6);
  const ground = {
    folder: mkdtempSync(join(tmpdir(), 'control-plane-')),
    adminToken: randomUUID(),
    ports: { etcd, peer, api, controllers, scheduler, kwok },
  };
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(file(ground, 'service-account.pub'), keys.publicKey);
  writeFileSync(file(ground, 'service-account.key'), keys.privateKey);
  writeFileSync(file(ground, 'tokens.csv'), `${ground.adminToken},admin,admin,system:masters\n`);
  return ground;
}

function etcdOptions(command: string, ground: Ground): ProgramOptions {
  const client = loopback('http', ground.ports.etcd);
  const peer = loopback('http', ground.ports.peer);
  return {
    command,
    args: [
      `--data-dir=${file(ground, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ],
    readyUrl: `${client}/health`,
  };
}

function apiServerOptions(command: string, ground: Ground): ProgramOptions {
  return {
    command,
    args: [
      `--etcd-servers=${loopback('http', ground.ports.etcd)}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${String(ground.ports.api)}`,
      // Writes its self-signed certificate there.
      `--cert-dir=${file(ground, 'certificates')}`,
      `--advertise-address=${ADDRESSES.apiServer}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=RBAC',
      `--token-auth-file=${file(ground, 'tokens.csv')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${file(ground, 'service-account.pub')}`,
      `--service-account-signing-key-file=${file(ground, 'service-account.key')}`,
      '--allow-privileged=true',
    ],
    readyWhen: async () => {
      const answer = await adminClient(ground)({ method: 'GET', path: '/readyz' });
      return answer.status === 200;
    },
    timeoutMs: 60_000,
  };
}

function certificateFile(ground: Ground): string {
  return join(ground.folder, 'certificates', 'apiserver.crt');
}

function adminClient(ground: Ground): KubernetesClient {
  return kubernetesClient({
    url: loopback('https', ground.ports.api),
    token: ground.adminToken,
    certificate: readFileSync(certificateFile(ground), 'utf8'),
  });
}

function writeKubeconfig(ground: Ground): string {
  const path = file(ground, 'kubeconfig');
  const server = loopback('https', ground.ports.api);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': certificateFile(ground) } }],
    users: [{ name: 'admin', user: { token: ground.adminToken } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  };
  writeFileSync(path, stringify(config));
  return path;
}

function controllersOptions(command: string, ground: Ground, kubeconfig: string): ProgramOptions {
  return {
    command,
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${String(ground.ports.controllers)}`,
      '--leader-elect=false',
      `--service-account-private-key-file=${file(ground, 'service-account.key')}`,
      `--root-ca-file=${certificateFile(ground)}`,
    ],
    readyPort: ground.ports.controllers,
  };
}

function schedulerOptions(command: string, ground: Ground, kubeconfig: string): ProgramOptions {
  return {
    command,
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${String(ground.ports.scheduler)}`,
      '--leader-elect=false',
    ],
    readyPort: ground.ports.scheduler,
  };
}

function kwokOptions(command: string, ground: Ground, kubeconfig: string): ProgramOptions {
  const server = `127.0.0.1:${String(ground.ports.kwok)}`;
  return {
    command,
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--manage-all-nodes=true',
      `--server-address=${server}`,
      `--cidr=${ADDRESSES.pods}`,
      `--node-ip=${ADDRESSES.node}`,
      `--node-port=${String(KUBELET_PORT)}`,
    ],
    readyUrl: `http://${server}/healthz`,
  };
}

/** True if an object's status has the condition of that type with status True. */
export function hasCondition(object: unknown, type: string): boolean {
  const { status } = object as {
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  };
  return (
    status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
  );
}

/** Adds the node and waits until it, and the default ServiceAccount that pods need, are there. */
async function makeUsable(client: KubernetesClient): Promise<void> {
  const labels = {
    'kubernetes.io/hostname': NODE_NAME,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
  };
  await client({
    method: 'POST',
    path: '/api/v1/nodes',
    body: { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE_NAME, labels } },
  });
  await waitForAnswer(client, `/api/v1/nodes/${NODE_NAME}`, ({ body }) => hasCondition(body, 'Ready'));
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  await waitForAnswer(client, account, ({ status }) => status === 200);
}

/**
 * Starts etcd, the API server (RBAC, service account tokens), the controllers, the scheduler and kwok, and returns when
 * a pod can run.
 *
 * @throws Error with the log of the program that did not start; the others are stopped then.
 */
export async function startControlPlane(engines: ControlPlaneEngines): Promise<ControlPlane> {
  return startTogether(async (cleanup) => {
    const ground = await prepareGround();
    cleanup.later(() => {
      rmSync(ground.folder, { recursive: true, force: true });
    });
    const start = async (options: ProgramOptions): Promise<void> => {
      cleanup.stopLater(await startProgram({ cwd: ground.folder, ...options }));
    };
    await start(etcdOptions(engines.etcd, ground));
    await start(apiServerOptions(engines['kube-apiserver'], ground));
    const kubeconfigPath = writeKubeconfig(ground);
    await start(controllersOptions(engines['kube-controller-manager'], ground, kubeconfigPath));
    await start(schedulerOptions(engines['kube-scheduler'], ground, kubeconfigPath));
    await start(kwokOptions(engines.kwok, ground, kubeconfigPath));
    const client = adminClient(ground);
    await makeUsable(client);
    const url = loopback('https', ground.ports.api);
    const certificate = readFileSync(certificateFile(ground), 'utf8');
    return { url, certificate, adminToken: ground.adminToken, kubeconfigPath, client };
  });
}
