import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import type { Component } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';
import { Alarms } from './alarms';
import { componentRoleArn, type AwsModel } from './aws-model';
import { ClusterOidc } from './cluster-oidc';
import { CostWatch } from './cost-watch';
import { dashboardBody } from './dashboard-body';
import { EncryptionKey } from './encryption-key';
import { LogGroup } from './log-group';
import { Topic } from './topic';
import { WorkloadRole } from './workload-role';

/** What {@link AwsMonitoring} is made of. */
export interface AwsMonitoringProps {
  readonly model: AwsModel;
  /** The stack's components; those with `awsPermissions` get a role. */
  readonly components: readonly Component[];
}

/** The AWS side of one environment: roles, key, topics, alarms, log group, budget, dashboard. */
export class AwsMonitoring extends Construct {
  private readonly roles: ReadonlyMap<string, WorkloadRole>;

  /** @throws ConfigError if Alertmanager shall publish to SNS, but no component has the role that it does so by */
  constructor(scope: Construct, id: string, props: AwsMonitoringProps) {
    super(scope, id);
    const { model } = props;
    this.roles = this.addRoles(props);
    const publishers = this.publishers(model);
    const key = new EncryptionKey(this, 'Key', { model, principals: publishers });
    const topics = new Construct(this, 'Topics');
    const policies = model.topics.map(
      (topic) =>
        new Topic(topics, topic.key, { model, topic, keyArn: key.arn, principals: publishers }).policy,
    );
    new Alarms(this, 'Alarms', { alarms: model.alarms });
    new LogGroup(this, 'Logs', { model, keyArn: key.arn });
    new CostWatch(this, 'Cost', { model, topicPolicies: policies });
    if (model.dashboard) {
      new CloudwatchDashboard(this, 'Dashboard', {
        dashboardName: model.names.dashboard,
        dashboardBody: JSON.stringify(dashboardBody(model)),
      });
    }
  }

  /** The role of a component, which its pods must not start before; undefined where it needs none. */
  roleOf(component: Pick<Component, 'name'>): WorkloadRole | undefined {
    return this.roles.get(component.name);
  }

  private addRoles({ model, components }: AwsMonitoringProps): ReadonlyMap<string, WorkloadRole> {
    const withRole = components.filter(({ awsPermissions }) => awsPermissions !== undefined);
    const oidcProvider =
      model.cluster.identity === 'irsa' && withRole.length > 0
        ? new ClusterOidc(this, 'Oidc', { model }).provider
        : undefined;
    const scope = new Construct(this, 'Roles');
    return new Map(
      withRole.map((component) => [
        component.name,
        new WorkloadRole(scope, component.name, { model, component, oidcProvider }),
      ]),
    );
  }

  private publishers(model: AwsModel) {
    if (model.publisherRoleArn === undefined) return [];
    const publisher = [...this.roles].find(
      ([name]) => componentRoleArn(model, name) === model.publisherRoleArn,
    );
    if (publisher === undefined) {
      throw new ConfigError({
        where: this.node.path,
        found: `no component with the role ${model.publisherRoleArn}`,
        allowed: 'Alertmanager with awsPermissions, or a model in which it does not publish',
        mend: 'give Alertmanager its awsPermissions, or set receivers.sns to false',
      });
    }
    return [publisher[1].resource];
  }
}
