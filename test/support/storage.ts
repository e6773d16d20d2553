import { create } from './cluster-objects';
import type { KubernetesClient } from './kubernetes-client';
import type { Manifest } from './manifests';

/** What a claim asks for. */
interface ClaimSpec {
  readonly storageClassName: string;
  readonly accessModes: readonly string[];
  readonly resources: { readonly requests: { readonly storage: string } };
}

/** The claims of a stack. */
export function claimsOf(manifests: readonly Manifest[]): readonly ClaimSpec[] {
  return manifests
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map((manifest) => manifest['spec'] as ClaimSpec);
}

/**
 * Stands in for the storage of a real cluster: a StorageClass for each that is asked for, which binds when a pod is
 * scheduled, as EBS's and kind's do, and a volume for each claim.
 */
export async function provideStorage(client: KubernetesClient, claims: readonly ClaimSpec[]): Promise<void> {
  for (const name of new Set(claims.map(({ storageClassName }) => storageClassName))) {
    await create(client, '/apis/storage.k8s.io/v1/storageclasses', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  }
  for (const [index, { storageClassName, accessModes, resources }] of claims.entries()) {
    await create(client, '/api/v1/persistentvolumes', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `disk-${String(index)}` },
      spec: {
        capacity: resources.requests,
        accessModes,
        storageClassName,
        hostPath: { path: `/nowhere/${String(index)}` },
      },
    });
  }
}
