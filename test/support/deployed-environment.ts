import type { MonitoringModel } from '../../stacks/monitoring-model';
import { apply, create, isWorkload, rolledOut } from './cluster-objects';
import { startControlPlane, type CONTROL_PLANE_ENGINES, type ControlPlane } from './control-plane';
import type { EnginePaths } from './engines';
import { waitForAnswer, type KubernetesAnswer, type KubernetesClient } from './kubernetes-client';
import { manifestsOf, type Manifest } from './manifests';
import { modelOf, stackOf } from './rendered';
import { claimsOf, provideStorage } from './storage';

/** An environment's Kubernetes objects on a control plane of their own. */
export interface DeployedEnvironment {
  readonly model: MonitoringModel;
  readonly plane: ControlPlane;
  readonly client: KubernetesClient;
  /** All objects of the stack; releases of Helm charts are not among them. */
  readonly manifests: readonly Manifest[];
  /** What the API server said to each. */
  readonly answers: ReadonlyMap<Manifest, KubernetesAnswer>;
  /** Number of ready pods by `<Kind> <namespace>/<name>`, once all workloads are rolled out. */
  rollouts(): Promise<Readonly<Record<string, number>>>;
}

/**
 * Starts a control plane with what an environment finds in its cluster (application namespaces, storage), and applies
 * all Kubernetes objects of its stack.
 */
export async function deployEnvironment(
  engines: EnginePaths<(typeof CONTROL_PLANE_ENGINES)[number]>,
  name: string,
): Promise<DeployedEnvironment> {
  const model = modelOf(name);
  const manifests = manifestsOf(stackOf(name));
  const plane = await startControlPlane(engines);
  const { client } = plane;
  try {
    await provideStorage(client, claimsOf(manifests));
    for (const namespace of model.environment.namespaces.application) await addNamespace(client, namespace);
    const answers = new Map<Manifest, KubernetesAnswer>();
    for (const manifest of manifests) answers.set(manifest, await apply(client, manifest));
    let waiting: ReturnType<typeof rollouts> | undefined;
    // Waited for once: pods that do not come should cost one test its time, not each.
    const onceRolledOut = () => (waiting ??= rollouts(client, manifests));
    return { model, plane, client, manifests, answers, rollouts: onceRolledOut };
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

/** Adds a namespace and waits for the ServiceAccount that its pods have unless they name one. */
async function addNamespace(client: KubernetesClient, name: string): Promise<void> {
  await create(client, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const account = `/api/v1/namespaces/${name}/serviceaccounts/default`;
  await waitForAnswer(client, account, ({ status }) => status === 200);
}

/** `Deployment monitoring/grafana`. */
export function titleOf({ kind, metadata: { name, namespace } }: Manifest): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

async function rollouts(client: KubernetesClient, manifests: readonly Manifest[]) {
  const ready: Record<string, number> = {};
  for (const workload of manifests.filter(isWorkload)) {
    ready[titleOf(workload)] = await rolledOut(client, workload);
  }
  return ready;
}
