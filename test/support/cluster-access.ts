import type { Component, PolicyRule } from '../../constructs/kubernetes/component';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { ControlPlane } from './control-plane';
import type { KubernetesClient } from './kubernetes-client';

/** One thing that may be done: `list pods`, `watch apps/deployments`, `get /metrics`. */
export type Grant = string;

/** One question of RBAC: may this be done? */
export interface AccessQuestion {
  readonly verb: string;
  readonly resource: string;
  /** @default '' */
  readonly group?: string;
  /** @default - the resource itself */
  readonly subresource?: string;
}

/** A rule as a review of RBAC shows it. */
interface ReviewedRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

const AUTHORIZATION = 'authorization.k8s.io/v1';

/** The name that the API server knows a component's ServiceAccount by. */
export function accountOf({ name, namespace }: Pick<Component, 'name' | 'namespace'>): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** What a component says that it may do in a namespace, one line for each pair of resource and verb. */
export function statedGrants({ permissions }: Component, namespace: string): readonly Grant[] {
  const cluster = permissions?.cluster ?? [];
  const local = (permissions?.namespaced ?? []).filter((one) => one.namespace === namespace);
  return flattened([...cluster, ...local.flatMap(({ rules }) => rules)].map(asReviewed));
}

/** What RBAC lets a user do in a namespace, beyond what it lets every signed-in user do. */
export async function actualGrants(
  client: KubernetesClient,
  user: string,
  namespace: string,
): Promise<readonly Grant[]> {
  const everybody = new Set(await reviewedGrants(client, 'system:serviceaccount:default:default', namespace));
  return (await reviewedGrants(client, user, namespace)).filter((grant) => !everybody.has(grant));
}

/** Whether RBAC lets a user do something in a namespace. */
export async function mayDo(
  client: KubernetesClient,
  user: string,
  namespace: string,
  question: AccessQuestion,
): Promise<boolean> {
  const answer = await client({
    method: 'POST',
    path: `/apis/${AUTHORIZATION}/selfsubjectaccessreviews`,
    as: user,
    body: {
      apiVersion: AUTHORIZATION,
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace, ...question } },
    },
  });
  return (answer.body as { readonly status: { readonly allowed: boolean } }).status.allowed;
}

async function reviewedGrants(client: KubernetesClient, user: string, namespace: string) {
  const { body } = await client({
    method: 'POST',
    path: `/apis/${AUTHORIZATION}/selfsubjectrulesreviews`,
    as: user,
    body: { apiVersion: AUTHORIZATION, kind: 'SelfSubjectRulesReview', spec: { namespace } },
  });
  const { status } = body as {
    readonly status: {
      readonly incomplete: boolean;
      readonly resourceRules: readonly ReviewedRule[];
      readonly nonResourceRules: readonly ReviewedRule[];
    };
  };
  if (status.incomplete) throw new Error(`the rules of ${user} in ${namespace} are not all known`);
  return flattened([...status.resourceRules, ...status.nonResourceRules]);
}

function asReviewed({ nonResourceUrls, ...rule }: PolicyRule): ReviewedRule {
  return { ...rule, nonResourceURLs: nonResourceUrls };
}

function flattened(rules: readonly ReviewedRule[]): readonly Grant[] {
  const grants = rules.flatMap(
    ({ verbs, apiGroups = [], resources = [], resourceNames, nonResourceURLs = [] }) => {
      const only = resourceNames === undefined ? '' : ` named ${resourceNames.join(', ')}`;
      const objects = apiGroups.flatMap((group) =>
        resources.map((resource) => `${group === '' ? '' : `${group}/`}${resource}${only}`),
      );
      return verbs.flatMap((verb) => [...objects, ...nonResourceURLs].map((what) => `${verb} ${what}`));
    },
  );
  return [...new Set(grants)].sort();
}

/** A token as the kubelet would give it to the pods of a component. */
export async function tokenOf(client: KubernetesClient, component: Component): Promise<string> {
  const { status, body } = await client({
    method: 'POST',
    path: `/api/v1/namespaces/${component.namespace}/serviceaccounts/${component.name}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  });
  if (status !== 201) throw new Error(`no token for ${accountOf(component)}: ${JSON.stringify(body)}`);
  return (body as { readonly status: { readonly token: string } }).status.token;
}

/** A kubeconfig with which a program outside the cluster signs in as somebody, as pods do by their token. */
export function kubeconfigOf({ url, certificate }: ControlPlane, token: string): string {
  return renderYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: {
          server: url,
          'certificate-authority-data': Buffer.from(certificate).toString('base64'),
        },
      },
    ],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}
