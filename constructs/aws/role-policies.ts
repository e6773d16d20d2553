import type { Component, IamStatement } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';
import type { AwsModel } from './aws-model';
import { policyDocument } from './policy-document';

/** All inline policies of a role together, in characters without white space (docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const INLINE_POLICY_CHARACTERS = 10_240;

/** Actions that AWS cannot tie to a resource, or lists of what there is: the only ones that may stand with resource `*`. */
const ACCOUNT_WIDE =
  /^(xray:[A-Z]\w+|cloudwatch:(Get|List|Describe)\w+|cloudwatch:PutMetricData|tag:GetResources|ec2:Describe\w+|logs:(Describe\w+|GetQueryResults|StopQuery))$/;

/**
 * What a component may do, as the policy of its role.
 *
 * @throws ConfigError if there is no statement, an action or resource is wider than it need be, or the policy is too
 *   long for IAM
 */
export function permissionPolicy(component: Pick<Component, 'name' | 'awsPermissions'>): string {
  const statements = component.awsPermissions ?? [];
  const where = `${component.name}: awsPermissions`;
  if (statements.length === 0) {
    throw new ConfigError({
      where,
      found: 'no statement',
      allowed: 'at least one statement for a component that gets a role',
      mend: 'add the statements, or leave the component out of the roles',
    });
  }
  for (const statement of statements) checkStatement(statement, where);
  const policy = policyDocument(statements);
  if (policy.length > INLINE_POLICY_CHARACTERS) {
    throw new ConfigError({
      where,
      found: `a policy of ${String(policy.length)} characters`,
      allowed: `at most ${String(INLINE_POLICY_CHARACTERS)}`,
      mend: 'name fewer resources, or join statements',
    });
  }
  return policy;
}

function checkStatement(statement: IamStatement, where: string): void {
  const place = `${where}.${statement.sid}`;
  const wild = statement.actions.find((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action));
  if (wild !== undefined) {
    throw new ConfigError({
      where: place,
      found: `action "${wild}"`,
      allowed: 'service:Action, written out, without a wildcard',
      mend: 'name each action that the program calls',
    });
  }
  const tied = statement.actions.find((action) => !ACCOUNT_WIDE.test(action));
  if (statement.resources.includes('*') && tied !== undefined) {
    throw new ConfigError({
      where: place,
      found: `resource "*" for ${tied}`,
      allowed: 'the ARNs that the action is needed on',
      mend: 'name the resources, and give actions that know no resource a statement of their own',
    });
  }
}

/** Only this service account on this cluster of this account (docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html). */
export function podIdentityTrust(model: AwsModel, component: Pick<Component, 'name' | 'namespace'>): string {
  return policyDocument([
    {
      sid: 'EksPodIdentity',
      principal: { service: 'pods.eks.amazonaws.com' },
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      conditions: {
        StringEquals: {
          'aws:SourceAccount': [model.accountId],
          'aws:RequestTag/eks-cluster-arn': [model.cluster.arn],
          'aws:RequestTag/kubernetes-namespace': [component.namespace],
          'aws:RequestTag/kubernetes-service-account': [component.name],
        },
      },
    },
  ]);
}

/** The OpenID Connect provider of a cluster in IAM. */
export interface OidcProvider {
  readonly arn: string;
  /** Issuer without `https://`, as IAM writes it in condition keys. */
  readonly issuer: string;
}

/** Only this service account, with a token that is meant for STS (docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html). */
export function irsaTrust(provider: OidcProvider, component: Pick<Component, 'name' | 'namespace'>): string {
  return policyDocument([
    {
      sid: 'IamRoleForServiceAccount',
      principal: { federated: provider.arn },
      actions: ['sts:AssumeRoleWithWebIdentity'],
      conditions: {
        StringEquals: {
          [`${provider.issuer}:sub`]: [`system:serviceaccount:${component.namespace}:${component.name}`],
          [`${provider.issuer}:aud`]: ['sts.amazonaws.com'],
        },
      },
    },
  ]);
}
