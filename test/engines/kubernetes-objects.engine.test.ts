import { allOf } from '../../stacks/components';
import { apply, list, podsOf, type ClusterObject } from '../support/cluster-objects';
import { CONTROL_PLANE_ENGINES } from '../support/control-plane';
import { deployEnvironment, titleOf, type DeployedEnvironment } from '../support/deployed-environment';
import { describeWithEngines } from '../support/engines';
import { eventually } from '../support/eventually';
import type { Manifest } from '../support/manifests';
import { stackOf } from '../support/rendered';

/** Pods by workload: DaemonSets have one, since the cluster has one node. */
const ROLLOUTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  local: {
    'Deployment monitoring/prometheus': 1,
    'Deployment monitoring/grafana': 1,
    'Deployment monitoring/jaeger': 1,
    'Deployment monitoring/otel-collector': 1,
    'DaemonSet monitoring-agents/fluent-bit': 1,
    'StatefulSet monitoring/alertmanager': 1,
  },
  prod: {
    'Deployment monitoring/prometheus': 1,
    'Deployment monitoring/grafana': 1,
    'Deployment monitoring/jaeger': 1,
    'Deployment monitoring/otel-collector': 2,
    'Deployment monitoring/blackbox-exporter': 1,
    'Deployment monitoring/postgres-exporter': 1,
    'Deployment monitoring-agents/cloudwatch-agent': 1,
    'DaemonSet monitoring-agents/fluent-bit': 1,
    'DaemonSet monitoring/xray-daemon': 1,
    'StatefulSet monitoring/alertmanager': 2,
  },
};

/** Components that a Helm chart deploys, and which therefore have no pods here. */
const CHARTS = ['kube-state-metrics', 'node-exporter'];

/** A pod that Pod Security's level "restricted" forbids. */
const PRIVILEGED_POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'privileged' },
  spec: {
    containers: [{ name: 'root', image: 'example.org/root:1', securityContext: { privileged: true } }],
  },
};

/** What a Service is and what is found behind it. */
interface ServicePorts {
  readonly spec: {
    readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  };
}

/** The pods behind a Service, port by port. */
interface EndpointSlice extends ClusterObject {
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  readonly endpoints: readonly { readonly conditions: { readonly ready: boolean } }[];
}

/** What Kubernetes makes of a disruption budget. */
interface DisruptionStatus {
  readonly expectedPods: number;
  readonly disruptionsAllowed: number;
}

jest.setTimeout(120_000);

describeWithEngines(
  CONTROL_PLANE_ENGINES,
  'Kubernetes 1.34 and the objects of the stack, less the Helm charts (node-exporter, kube-state-metrics)',
  (engines) => {
    describe.each(Object.keys(ROLLOUTS))('%s', (environment) => {
      let deployed: DeployedEnvironment;

      const ofKind = (kind: string): readonly Manifest[] =>
        deployed.manifests.filter((manifest) => manifest.kind === kind);
      const slicesOf = ({ metadata: { name, namespace = '' } }: Manifest) =>
        list<EndpointSlice>(
          deployed.client,
          `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io/service-name%3D${name}`,
        );

      beforeAll(async () => {
        deployed = await deployEnvironment(engines, environment);
      });

      afterAll(async () => {
        await deployed.plane.stop();
      });

      it('takes every object, knows each of its fields, and warns of none', () => {
        const objects = Object.entries(stackOf(environment))
          .filter(([type]) => type.startsWith('kubernetes_'))
          .flatMap(([, byId]) => Object.keys(byId));
        const refused = [...deployed.answers]
          .filter(([, { status, warnings }]) => status !== 201 || warnings.length > 0)
          .map(([manifest, { body, warnings }]) => ({ title: titleOf(manifest), body, warnings }));

        expect(refused).toEqual([]);
        expect(deployed.answers.size).toBe(objects.length);
      });

      it('refuses an object with a field that it does not know', async () => {
        const [service] = ofKind('Service');
        const spec = { ...(service?.['spec'] as object), selektor: {} };
        const { status, body } = await apply(deployed.client, { ...(service as Manifest), spec });

        expect(status).toBeGreaterThanOrEqual(400);
        expect(body).toMatchObject({ message: expect.stringContaining('.spec.selektor') as string });
      });

      it('admits and runs every pod, and binds every claim', async () => {
        expect(await deployed.rollouts()).toEqual(ROLLOUTS[environment]);
        const claims = await list(deployed.client, '/api/v1/persistentvolumeclaims');
        const { length: volumes } = await list(deployed.client, '/api/v1/persistentvolumes');

        expect(claims.map(({ status }) => status)).toEqual(
          Array<unknown>(volumes).fill(expect.objectContaining({ phase: 'Bound' })),
        );
      });

      it('refuses a privileged pod beside the monitoring programs, and takes it beside the agents', async () => {
        const { monitoring, agents } = deployed.model.environment.namespaces;
        const attempt = (namespace: string) =>
          deployed.client({
            method: 'POST',
            path: `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
            body: PRIVILEGED_POD,
          });

        expect(await attempt(monitoring)).toMatchObject({
          status: 403,
          body: { message: expect.stringContaining('violates PodSecurity "restricted') as string },
        });
        expect(await attempt(agents)).toMatchObject({ status: 201, warnings: [] });
      });

      it('gives a token for the Kubernetes API to the pods that have permissions, and to no other', async () => {
        await deployed.rollouts();
        const { namespaces } = deployed.model.environment;
        const pods = [namespaces.monitoring, namespaces.agents].map((name) => podsOf(deployed.client, name));
        const withToken = (await Promise.all(pods))
          .flat()
          .filter(({ spec: { volumes = [] } }) =>
            volumes.some(({ projected }) =>
              projected?.sources.some((source) => 'serviceAccountToken' in source),
            ),
          );
        const permitted = allOf(deployed.model.components)
          .filter(({ name, permissions }) => permissions !== undefined && !CHARTS.includes(name))
          .map(({ name }) => name);

        expect(new Set(withToken.map(({ spec }) => spec.serviceAccountName))).toEqual(new Set(permitted));
      });

      it('finds ready pods behind each Service, at each of its ports', async () => {
        await deployed.rollouts();
        for (const service of ofKind('Service')) {
          const { ports } = service['spec'] as ServicePorts['spec'];
          const [slice] = await eventually(
            titleOf(service),
            () => slicesOf(service),
            (slices) => (slices[0]?.endpoints.length ?? 0) > 0,
          );

          expect(slice?.endpoints.every(({ conditions }) => conditions.ready)).toBe(true);
          expect([titleOf(service), portsOf(slice?.ports)]).toEqual([titleOf(service), portsOf(ports)]);
        }
      });

      it('lets one pod at a time go of each workload with several', async () => {
        await deployed.rollouts();
        const several = Object.entries(ROLLOUTS[environment] ?? {}).filter(([, pods]) => pods > 1);
        const budgets = await eventually(
          'disruption budgets count their pods',
          () => list(deployed.client, '/apis/policy/v1/poddisruptionbudgets'),
          (found) => found.every(({ status }) => (status as DisruptionStatus).disruptionsAllowed > 0),
        );
        const pods = budgets.map(({ metadata: { name }, status }): [string, number] => [
          name,
          (status as DisruptionStatus).expectedPods,
        ]);

        expect(Object.fromEntries(pods)).toEqual(
          Object.fromEntries(several.map(([title, count]) => [title.replace(/^.*\//, ''), count])),
        );
      });

      it('has a network policy for each pod, and pods for each network policy', async () => {
        await deployed.rollouts();
        const covered: string[] = [];
        for (const { metadata, ...policy } of ofKind('NetworkPolicy')) {
          const { podSelector } = policy['spec'] as {
            readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
          };
          const pods = await podsOf(deployed.client, metadata.namespace ?? '', podSelector.matchLabels);
          if (metadata.name !== 'default-deny') covered.push(...pods.map((pod) => pod.metadata.name));

          expect([metadata.name, pods.length > 0]).toEqual([metadata.name, !CHARTS.includes(metadata.name)]);
        }
        const { namespaces } = deployed.model.environment;
        const pods = [namespaces.monitoring, namespaces.agents].map((name) => podsOf(deployed.client, name));

        expect(covered.sort()).toEqual(
          (await Promise.all(pods))
            .flat()
            .map((pod) => pod.metadata.name)
            .sort(),
        );
      });
    });
  },
);

/** `http 9090/TCP`, in the order of their names. */
function portsOf(ports: ServicePorts['spec']['ports'] = []): readonly string[] {
  return ports.map(({ name, port, protocol }) => `${name} ${String(port)}/${protocol}`).sort();
}
