import { create } from './cluster-objects';
import type { KubernetesClient } from './kubernetes-client';

/** A service of the watched application, as its own team would deploy it. */
export interface ApplicationService {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Ports that its first container declares; a second container declares none. */
  readonly declaredPorts: readonly number[];
}

/** Deploys a service of the application: pods with the label `app`. */
export async function deployService(client: KubernetesClient, service: ApplicationService): Promise<void> {
  const { name, namespace, replicas, annotations, declaredPorts } = service;
  const labels = { app: name };
  await create(client, `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: {
          containers: [
            {
              name,
              image: `example.org/${name}:1`,
              ports: declaredPorts.map((containerPort) => ({ containerPort })),
            },
            { name: 'helper', image: 'example.org/helper:1' },
          ],
        },
      },
    },
  });
}
