import { allOf } from '../../stacks/components';
import { accountOf, actualGrants, mayDo, statedGrants, type AccessQuestion } from '../support/cluster-access';
import { CONTROL_PLANE_ENGINES } from '../support/control-plane';
import { deployEnvironment, type DeployedEnvironment } from '../support/deployed-environment';
import { describeWithEngines } from '../support/engines';

/** What would let a program of the stack read secrets, run commands in other pods, or change the cluster. */
const FORBIDDEN: readonly AccessQuestion[] = [
  ...['get', 'list', 'watch'].flatMap((verb) => [
    { verb, resource: 'secrets' },
    { verb, resource: 'configmaps' },
  ]),
  { verb: 'create', resource: 'pods' },
  { verb: 'create', resource: 'pods', subresource: 'exec' },
  { verb: 'get', resource: 'pods', subresource: 'exec' },
  { verb: 'create', resource: 'pods', subresource: 'attach' },
  { verb: 'create', resource: 'pods', subresource: 'portforward' },
  { verb: 'get', resource: 'pods', subresource: 'log' },
  { verb: 'get', resource: 'nodes', subresource: 'proxy' },
  { verb: 'create', resource: 'nodes', subresource: 'proxy' },
  { verb: 'get', resource: 'services', subresource: 'proxy' },
  { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
  { verb: 'impersonate', resource: 'users' },
  { verb: 'patch', resource: 'deployments', group: 'apps' },
  { verb: 'delete', resource: 'pods' },
  { verb: 'escalate', resource: 'clusterroles', group: 'rbac.authorization.k8s.io' },
];

jest.setTimeout(120_000);

describeWithEngines(
  CONTROL_PLANE_ENGINES,
  'RBAC of Kubernetes 1.34 over every ServiceAccount, those of the Helm charts included',
  (engines) => {
    describe.each(['local', 'prod'])('%s', (environment) => {
      let deployed: DeployedEnvironment;

      /** Each component in each namespace that matters: the stack's, the application's, and two that are nobody's. */
      const everywhere = () => {
        const { monitoring, agents, application } = deployed.model.environment.namespaces;
        return allOf(deployed.model.components).flatMap((component) =>
          [monitoring, agents, ...application, 'default', 'kube-system'].map((namespace) => ({
            component,
            namespace,
            title: `${component.name} in ${namespace}`,
          })),
        );
      };

      beforeAll(async () => {
        deployed = await deployEnvironment(engines, environment);
      });

      afterAll(async () => {
        await deployed.plane.stop();
      });

      it('lets each do exactly what its component says, namespace by namespace', async () => {
        for (const { component, namespace, title } of everywhere()) {
          const grants = await actualGrants(deployed.client, accountOf(component), namespace);

          expect([title, grants]).toEqual([title, statedGrants(component, namespace)]);
        }
      });

      it('lets none read a secret, run a command, reach through a kubelet, or change anything', async () => {
        const allowed: string[] = [];
        for (const { component, namespace, title } of everywhere()) {
          for (const question of FORBIDDEN) {
            const may = await mayDo(deployed.client, accountOf(component), namespace, question);
            if (may) allowed.push(`${title}: ${JSON.stringify(question)}`);
          }
        }

        expect(allowed).toEqual([]);
      });

      it('lets Prometheus find pods and read the metrics of nodes, so that a "no" above means no', async () => {
        const { prometheus } = deployed.model.components;
        const [namespace = ''] = deployed.model.environment.namespaces.application;
        const ask = (question: AccessQuestion) =>
          mayDo(deployed.client, accountOf(prometheus), namespace, question);

        expect(await ask({ verb: 'list', resource: 'pods' })).toBe(true);
        expect(await ask({ verb: 'get', resource: 'nodes', subresource: 'metrics' })).toBe(true);
      });
    });
  },
);
