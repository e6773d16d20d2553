import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Component } from '../kubernetes/component';
import type { AwsModel } from './aws-model';
import { roleName } from './aws-names';
import { irsaTrust, permissionPolicy, podIdentityTrust, type OidcProvider } from './role-policies';

/** What a {@link WorkloadRole} is made of. */
export interface WorkloadRoleProps {
  readonly model: AwsModel;
  readonly component: Component;
  /**
   * The cluster's provider: with it the role is one for service accounts (IRSA).
   * @default - EKS Pod Identity
   */
  readonly oidcProvider?: OidcProvider;
}

/**
 * The IAM role of one component, which no other pod can take on. Pod Identity needs the add-on
 * `eks-pod-identity-agent` in the cluster.
 */
export class WorkloadRole extends Construct {
  /** What policies that name the role wait for. */
  readonly resource: ITerraformDependable;
  /** Annotations that the component's ServiceAccount needs. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: WorkloadRoleProps) {
    super(scope, id);
    const { model, component, oidcProvider } = props;
    const role = new IamRole(this, 'Resource', {
      name: roleName(component.name, model.suffix, component.name),
      description: `What ${component.name} in ${component.namespace} on ${model.cluster.name} may do`,
      assumeRolePolicy:
        oidcProvider === undefined ? podIdentityTrust(model, component) : irsaTrust(oidcProvider, component),
    });
    new IamRolePolicy(this, 'Policy', {
      name: component.name,
      role: role.name,
      policy: permissionPolicy(component),
    });
    this.resource = role;
    if (oidcProvider === undefined) {
      this.serviceAccountAnnotations = {};
      new EksPodIdentityAssociation(this, 'Association', {
        clusterName: model.cluster.name,
        namespace: component.namespace,
        serviceAccount: component.name,
        roleArn: role.arn,
      });
    } else {
      this.serviceAccountAnnotations = { 'eks.amazonaws.com/role-arn': role.arn };
    }
  }
}
