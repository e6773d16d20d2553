import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { PhysicalName } from '../../check/environment/collisions';
import { environments } from '../../environments';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { physicalNames } from '../../stacks/physical-names';
import { loadProject } from '../../stacks/project';
import { synthesize } from '../../stacks/synthesis';
import { nameOf, resourcesByAddress, type ResourceBody, type StackDocument } from '../support/stack-changes';

const ROOT = join(__dirname, '..', '..');

/** What a resource claims for itself alone, as `kind name`. */
type Claims = (body: ResourceBody) => readonly string[];

const named =
  (kind: string): Claims =>
  (body) => [`${kind} ${nameOf(body) ?? ''}`];

/** Its name counts only within something that is claimed itself, or it has none. */
const within: Claims = () => [];

/** Each type of resource there is; a new one must say here whether its name can meet another environment's. */
const AWS_CLAIMS: Readonly<Record<string, Claims>> = {
  aws_budgets_budget: named('budget'),
  aws_ce_anomaly_monitor: named('cost anomaly monitor'),
  aws_ce_anomaly_subscription: named('cost anomaly subscription'),
  aws_cloudwatch_composite_alarm: named('CloudWatch alarm'),
  aws_cloudwatch_dashboard: named('CloudWatch dashboard'),
  aws_cloudwatch_log_group: named('log group'),
  // A filter belongs to its log group; what it counts goes to a metric that others may count into.
  aws_cloudwatch_log_metric_filter: ({ metric_transformation: metric }) => [
    `metric namespace ${String(Reflect.get(Object(metric), 'namespace'))}`,
  ],
  aws_cloudwatch_metric_alarm: named('CloudWatch alarm'),
  aws_eks_pod_identity_association: within,
  aws_iam_role: named('IAM role'),
  aws_iam_role_policy: within,
  aws_kms_alias: named('KMS alias'),
  aws_kms_key: within,
  aws_sns_topic: named('SNS topic'),
  aws_sns_topic_policy: within,
  aws_sns_topic_subscription: within,
};

const CLUSTER_CLAIMS: Readonly<Record<string, Claims>> = {
  helm_release: ({ values }) => {
    const [text = ''] = values as readonly string[];
    const { hostNetwork, service } = parse(text) as {
      readonly hostNetwork?: boolean;
      readonly service: { readonly port: number };
    };
    return hostNetwork === true ? [`port of each node ${String(service.port)}/TCP`] : [];
  },
  kubernetes_namespace_v1: named('Namespace'),
  kubernetes_cluster_role_v1: named('ClusterRole'),
  // It has the name of its role.
  kubernetes_cluster_role_binding_v1: named('ClusterRole'),
};

/** Kinds of what lies in namespaces that are not the stack's own. A binding has the name of its role. */
const KINDS: Readonly<Record<string, string>> = {
  kubernetes_role_v1: 'Role',
  kubernetes_role_binding_v1: 'Role',
  kubernetes_horizontal_pod_autoscaler_v2: 'HorizontalPodAutoscaler',
};

function claimsOf(address: string, body: ResourceBody, own: readonly string[]): readonly string[] {
  const [type = ''] = address.split('.');
  const claims = AWS_CLAIMS[type] ?? CLUSTER_CLAIMS[type];
  if (claims !== undefined) return claims(body);
  const namespace = String(Reflect.get(Object(body['metadata'] ?? body), 'namespace'));
  const hosts = type === 'kubernetes_ingress_v1' ? hostsOf(body).map((host) => `Ingress host ${host}`) : [];
  return own.includes(namespace) ? hosts : [`${KINDS[type] ?? type} ${namespace}/${nameOf(body) ?? ''}`];
}

function hostsOf({ spec }: ResourceBody): readonly string[] {
  const { rule } = spec as { readonly rule: readonly { readonly host: string }[] };
  return rule.map(({ host }) => host);
}

function backendClaim(stack: StackDocument): string {
  const { backend } = stack['terraform'] as {
    readonly backend: { readonly s3?: { readonly key: string }; readonly local?: { readonly path: string } };
  };
  return backend.s3 === undefined
    ? `state file ${backend.local?.path.replace('../../../', '') ?? ''}`
    : `state ${backend.s3.key.replace(/^rag-monitoring\/(.*)\.tfstate$/, '$1')}`;
}

describe('physicalNames', () => {
  let models: readonly MonitoringModel[];
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'names-'));
    models = loadProject(ROOT, environments).models;
    synthesize(models, folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are the same for two environments on one cluster where both want a port of its nodes', () => {
    const [model] = models as [MonitoringModel];

    expect(physicalNames(model)).toContainEqual({
      scope: 'the cluster of context kind-rag',
      kind: 'port of each node',
      name: '9100/TCP',
      field: ['cluster', 'context'],
    });
  });

  it.each(environments.map(({ name }) => name))(
    'of %s has every name of the synthesized stack that another environment could have too, and no other',
    (name) => {
      const stack = JSON.parse(
        readFileSync(join(folder, 'stacks', name, 'cdk.tf.json'), 'utf8'),
      ) as StackDocument;
      const model = models.find(({ environment }) => environment.name === name) as MonitoringModel;
      const { monitoring, agents } = model.environment.namespaces;
      const synthesized = [...resourcesByAddress(stack)].flatMap(([address, body]) =>
        claimsOf(address, body, [monitoring, agents]),
      );
      const claimed = physicalNames(model).map(({ kind, name: value }: PhysicalName) => `${kind} ${value}`);

      expect(withoutOwn(claimed, model)).toEqual([...new Set([...synthesized, backendClaim(stack)])].sort());
    },
  );
});

/** Names without those that no resource of the stack bears: roles inside of the stack's namespaces, what the application writes. */
function withoutOwn(claimed: readonly string[], { environment, aws }: MonitoringModel): readonly string[] {
  const { monitoring, agents } = environment.namespaces;
  return [...new Set(claimed)]
    .filter((name) => ![monitoring, agents].some((own) => name.startsWith(`Role ${own}/`)))
    .filter((name) => name !== `metric namespace ${aws?.metricNamespace ?? ''}`)
    .sort();
}
