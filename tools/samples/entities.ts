import type { Labels, Pod, World } from './world';
import { uniqueBy } from './world';

/** A set of labels that go together, and the node whose exporters tell of it. */
export interface Entity {
  readonly labels: Labels;
  /** @default - every target of the job tells of it */
  readonly node?: string;
}

/** Everything that Kubernetes may say of a pod. */
function podLabels(pod: Pod): Labels {
  const { namespace, node, container, uid, address, owner, claim } = pod;
  const image = `registry.example.org/${container}:1`;
  return {
    namespace,
    pod: pod.pod,
    node,
    container,
    uid,
    pod_ip: address,
    host_ip: address,
    image,
    image_spec: image,
    image_id: image,
    container_id: `containerd://${uid}`,
    id: `/kubepods/burstable/pod${uid}`,
    name: uid,
    created_by_kind: owner.kind,
    created_by_name: owner.name,
    owner_kind: owner.kind,
    owner_name: owner.name,
    owner_is_controller: 'true',
    host_network: 'false',
    priority_class: 'default',
    persistentvolumeclaim: claim ?? '',
  };
}

/** Labels by which a metric shows what kind of thing it tells of; the first that fits counts. */
const KINDS: readonly (readonly [label: string, entitiesOf: (world: World) => readonly Entity[]])[] = [
  ['pod', ({ pods }) => pods.map((pod) => ({ labels: podLabels(pod), node: pod.node }))],
  ['deployment', (world) => owners(world, 'ReplicaSet', 'deployment')],
  ['replicaset', (world) => owners(world, 'ReplicaSet', 'replicaset')],
  ['statefulset', (world) => owners(world, 'StatefulSet', 'statefulset')],
  ['daemonset', (world) => owners(world, 'DaemonSet', 'daemonset')],
  ['persistentvolumeclaim', claims],
  ['persistentvolume', (world) => claims(world).map(({ labels }) => ({ labels: volumeOf(labels) }))],
  ['horizontalpodautoscaler', (world) => ofServices(world, 'horizontalpodautoscaler', 1)],
  ['poddisruptionbudget', (world) => ofServices(world, 'poddisruptionbudget', 2)],
  ['job_name', (world) => ofServices(world, 'job_name', 1)],
  ['cronjob', (world) => ofServices(world, 'cronjob', 1)],
  ['resourcequota', (world) => ofServices(world, 'resourcequota', 1)],
  ['namespace', ({ pods }) => namespaces(pods).map((namespace) => ({ labels: { namespace } }))],
  ['node', ({ nodes }) => nodes.map((node) => ({ labels: { node, internal_ip: '10.30.0.17' }, node }))],
];

/**
 * What a metric with these labels of its own tells of: the pods of the world, its nodes, claims and so on; for a metric
 * that is about none of them, one entity without labels.
 */
export function entitiesOf(own: ReadonlySet<string>, world: World): readonly Entity[] {
  const [, entities] = KINDS.find(([label]) => own.has(label)) ?? [];
  if (entities === undefined) return [{ labels: {} }];
  const found = entities(world).map((entity) => ({ ...entity, labels: only(entity.labels, own) }));
  return uniqueBy(found, ({ labels, node }) => JSON.stringify([labels, node]));
}

function only(labels: Labels, names: ReadonlySet<string>): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => names.has(name)));
}

function owners(world: World, kind: Pod['owner']['kind'], label: string): readonly Entity[] {
  const pods = world.pods.filter(({ owner }) => owner.kind === kind);
  return uniqueBy(pods, ({ namespace, app }) => `${namespace}/${app}`).map(({ namespace, app, owner }) => ({
    labels: {
      namespace,
      [label]: label === 'replicaset' ? owner.name : app,
      owner_kind: 'Deployment',
      owner_name: app,
      owner_is_controller: 'true',
      revision: `${app}-1`,
    },
  }));
}

function claims({ pods }: World): readonly Entity[] {
  return pods.flatMap(({ namespace, claim, node }) => {
    if (claim === undefined) return [];
    const labels = { namespace, persistentvolumeclaim: claim, volumename: `pvc-${claim}` };
    return [{ labels, node }];
  });
}

function volumeOf({ volumename = '' }: Labels): Labels {
  return { persistentvolume: volumename };
}

function ofServices({ pods }: World, label: string, count: number): readonly Entity[] {
  return uniqueBy(pods, ({ app }) => app)
    .slice(0, count)
    .map(({ namespace, app }) => ({
      labels: {
        namespace,
        [label]: app,
        owner_kind: 'CronJob',
        owner_name: app,
        owner_is_controller: 'true',
      },
    }));
}

function namespaces(pods: readonly Pod[]): readonly string[] {
  return [...new Set(pods.map(({ namespace }) => namespace))];
}
