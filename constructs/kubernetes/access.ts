import { ClusterRoleBindingV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-binding-v1';
import { ClusterRoleV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Construct } from 'constructs';
import type { Component, PolicyRule } from './component';
import { objectLabels } from './labels';

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * Name of a component's role, in the cluster and in each namespace. It carries the component's namespace, which is
 * unique in a cluster, so that two environments on one cluster do not share a role.
 */
export function roleName(component: Pick<Component, 'name' | 'namespace'>): string {
  return `${component.namespace}-${component.name}`;
}

/** Gives a component's ServiceAccount exactly its {@link Component.permissions}. */
export class Access extends Construct {
  private readonly component: Component;

  constructor(scope: Construct, id: string, props: { readonly component: Component }) {
    super(scope, id);
    this.component = props.component;
    const cluster = props.component.permissions?.cluster ?? [];
    if (cluster.length > 0) this.addClusterRole(cluster);
    for (const { namespace, rules } of props.component.permissions?.namespaced ?? []) {
      this.addRole(namespace, rules);
    }
  }

  private addClusterRole(rules: readonly PolicyRule[]): void {
    const metadata = { name: roleName(this.component), labels: objectLabels(this.component) };
    const role = new ClusterRoleV1(this, 'ClusterRole', {
      metadata,
      rule: rules.map((rule) => ({
        apiGroups: rule.apiGroups && [...rule.apiGroups],
        resources: rule.resources && [...rule.resources],
        nonResourceUrls: rule.nonResourceUrls && [...rule.nonResourceUrls],
        verbs: [...rule.verbs],
      })),
    });
    new ClusterRoleBindingV1(this, 'ClusterRoleBinding', {
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name: role.metadata.name },
      subject: this.subject(),
    });
  }

  private addRole(namespace: string, rules: readonly PolicyRule[]): void {
    const scope = new Construct(this, namespace);
    const metadata = { name: roleName(this.component), namespace, labels: objectLabels(this.component) };
    const role = new RoleV1(scope, 'Role', {
      metadata,
      rule: rules.map((rule) => ({
        apiGroups: [...(rule.apiGroups ?? [])],
        resources: [...(rule.resources ?? [])],
        verbs: [...rule.verbs],
      })),
    });
    new RoleBindingV1(scope, 'RoleBinding', {
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: role.metadata.name },
      subject: this.subject(),
    });
  }

  private subject() {
    return [{ kind: 'ServiceAccount', name: this.component.name, namespace: this.component.namespace }];
  }
}
