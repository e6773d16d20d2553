import { waitForAnswer, type KubernetesAnswer, type KubernetesClient } from './kubernetes-client';
import { pathOf, type Manifest } from './manifests';

/** An object as the API server shows it. */
export interface ClusterObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A pod, as far as the tests read it. */
export interface Pod extends ClusterObject {
  readonly spec: {
    readonly serviceAccountName: string;
    readonly nodeName?: string;
    readonly volumes?: readonly { readonly projected?: { readonly sources: readonly object[] } }[];
  };
  readonly status: { readonly phase: string; readonly podIP?: string };
}

/** Seconds that controllers and scheduler may take for an environment on a machine with two cores. */
const TIMEOUT_MS = 60_000;

/** Applies an object on the server; a field that the server does not know is an error. */
export function apply(client: KubernetesClient, manifest: Manifest): Promise<KubernetesAnswer> {
  const path = `${pathOf(manifest)}?fieldManager=test&fieldValidation=Strict`;
  return client({ method: 'PATCH', path, body: manifest });
}

/**
 * Creates an object that a test needs beside those of the stack.
 *
 * @param collection path of the objects of its kind, such as `/api/v1/namespaces`
 * @throws Error with the server's words if it is refused
 */
export async function create(client: KubernetesClient, collection: string, body: unknown): Promise<void> {
  const { status, body: answer } = await client({ method: 'POST', path: collection, body });
  if (status !== 201) throw new Error(`${collection}: ${String(status)} ${JSON.stringify(answer)}`);
}

/** The objects of a collection, such as `/api/v1/pods`. */
export async function list<Item = ClusterObject>(
  client: KubernetesClient,
  collection: string,
): Promise<readonly Item[]> {
  const { status, body } = await client({ method: 'GET', path: collection });
  if (status !== 200) throw new Error(`${collection}: ${String(status)} ${JSON.stringify(body)}`);
  return (body as { readonly items: readonly Item[] }).items;
}

/** Pods of a namespace that carry labels, all of the namespace's if none is given. */
export function podsOf(
  client: KubernetesClient,
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<readonly Pod[]> {
  const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const query = `?labelSelector=${encodeURIComponent(selector.join(','))}`;
  return list<Pod>(client, `/api/v1/namespaces/${namespace}/pods${query}`);
}

/** True for the objects that make pods. */
export function isWorkload({ kind }: Manifest): boolean {
  return ['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind);
}

/**
 * Waits until all pods of a workload run and are ready, those of its present version.
 *
 * @returns how many they are
 */
export async function rolledOut(client: KubernetesClient, workload: Manifest): Promise<number> {
  const answer = await waitForAnswer(
    client,
    pathOf(workload),
    ({ body }) => readyPods(body as ClusterObject) > 0,
    TIMEOUT_MS,
  );
  return readyPods(answer.body as ClusterObject);
}

/** Ready pods of a workload if that is all that it should have, else 0. */
function readyPods({ metadata, spec, status }: ClusterObject): number {
  const { replicas: wanted } = spec as { readonly replicas?: number };
  const counts = status as Readonly<Record<string, number | undefined>>;
  if (counts['observedGeneration'] !== metadata.generation) return 0;
  const desired = wanted ?? counts['desiredNumberScheduled'];
  const ready = counts['readyReplicas'] ?? counts['numberReady'];
  const updated = counts['updatedReplicas'] ?? counts['updatedNumberScheduled'];
  return ready !== undefined && ready === desired && updated === desired ? ready : 0;
}
