import type { PhysicalName } from '../check/environment/collisions';
import type { AwsModel } from '../constructs/aws/aws-model';
import { roleName } from '../constructs/aws/aws-names';
import { roleName as clusterRoleName } from '../constructs/kubernetes/access';
import type { Environment } from '../environments/environment';
import { allOf } from './components';
import type { MonitoringModel } from './monitoring-model';

/**
 * Every name that an environment claims outside its own namespaces. What lives inside a namespace of the stack is
 * covered by the namespace's own name.
 */
export function physicalNames(model: MonitoringModel): readonly PhysicalName[] {
  return [
    ...clusterNames(model),
    ...(model.aws ? awsNames(model, model.aws) : []),
    stateName(model.environment),
  ];
}

function clusterNames({ environment, components }: MonitoringModel): PhysicalName[] {
  const scope = clusterScope(environment);
  const name = (kind: string, value: string, ...field: PropertyKey[]): PhysicalName => ({
    scope,
    kind,
    name: value,
    field,
  });
  const { namespaces, autoscaling, grafana } = environment;
  return [
    name('Namespace', namespaces.monitoring, 'namespaces', 'monitoring'),
    name('Namespace', namespaces.agents, 'namespaces', 'agents'),
    ...allOf(components).flatMap((component) => {
      const role = clusterRoleName(component);
      const field = component.namespace === namespaces.agents ? 'agents' : 'monitoring';
      return [
        ...(component.permissions?.cluster?.length ? [name('ClusterRole', role, 'namespaces', field)] : []),
        ...(component.permissions?.namespaced ?? []).map(({ namespace }) =>
          name('Role', `${namespace}/${role}`, 'namespaces', field),
        ),
      ];
    }),
    // A node has one such port, so that a second program on it would wait for ever.
    ...allOf(components)
      .filter(({ hostNetwork }) => hostNetwork === true)
      .flatMap(({ ports }) => ports.map(({ number, protocol = 'TCP' }) => `${String(number)}/${protocol}`))
      .map((port) => name('port of each node', port, 'cluster', clusterField(environment))),
    // The controller serves one of two Ingresses for a host, or refuses the second.
    ...(grafana.exposure.kind === 'ingress'
      ? [name('Ingress host', grafana.exposure.host, 'grafana', 'exposure', 'host')]
      : []),
    ...(autoscaling
      ? [
          name(
            'HorizontalPodAutoscaler',
            `${autoscaling.namespace}/${autoscaling.deployment}`,
            'autoscaling',
            'deployment',
          ),
        ]
      : []),
  ];
}

/** The field that says which cluster it is. */
function clusterField({ cluster }: Environment): 'name' | 'context' {
  return cluster.kind === 'eks' ? 'name' : 'context';
}

function clusterScope({ cluster, aws }: Environment): string {
  return cluster.kind === 'eks'
    ? `EKS cluster ${cluster.name} of account ${aws?.accountId ?? ''}`
    : `the cluster of context ${cluster.context}`;
}

function awsNames({ components, environment }: MonitoringModel, aws: AwsModel): PhysicalName[] {
  const account = `account ${aws.accountId}`;
  const region = `${account}, ${aws.region}`;
  const name = (scope: string, kind: string, value: string): PhysicalName => ({
    scope,
    kind,
    name: value,
    field: ['name'],
  });
  const { names } = aws;
  return [
    ...aws.topics.map((topic) => name(region, 'SNS topic', topic.name)),
    ...aws.alarms.map((alarm) => name(region, 'CloudWatch alarm', alarm.name)),
    name(region, 'KMS alias', names.keyAlias),
    { ...name(region, 'log group', names.logGroup), field: ['cluster', 'name'] },
    name(region, 'metric namespace', aws.metricNamespace),
    name(region, 'metric namespace', names.logMetricNamespace),
    ...(aws.dashboard ? [name(account, 'CloudWatch dashboard', names.dashboard)] : []),
    ...(aws.monthlyBudgetDollars === undefined ? [] : [name(account, 'budget', names.budget)]),
    ...(aws.costAnomalyImpactDollars === undefined
      ? []
      : [
          name(account, 'cost anomaly monitor', names.costAnomalyMonitor),
          name(account, 'cost anomaly subscription', names.costAnomalySubscription),
        ]),
    ...allOf(components)
      .filter(({ awsPermissions }) => awsPermissions !== undefined)
      .map((component) => name(account, 'IAM role', roleName(component.name, aws.suffix, environment.name))),
  ];
}

function stateName({ name, state }: Environment): PhysicalName {
  return state.kind === 's3'
    ? { scope: `bucket ${state.bucket}`, kind: 'state', name, field: ['name'] }
    : { scope: 'this folder', kind: 'state file', name: state.path, field: ['state', 'path'] };
}
