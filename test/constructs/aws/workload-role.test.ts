import { ClusterOidc } from '../../../constructs/aws/cluster-oidc';
import { WorkloadRole } from '../../../constructs/aws/workload-role';
import { permissionPolicy } from '../../../constructs/aws/role-policies';
import { aComponent } from '../../support/component';
import { aStack, resourcesOf } from '../../support/synth';
import { aModel } from './model';

const STATEMENT = {
  sid: 'WriteLogs',
  actions: ['logs:PutLogEvents'],
  resources: ['arn:aws:logs:ap-southeast-2:123456789012:log-group:g:*'],
};
const FLUENT_BIT = aComponent({ name: 'fluent-bit', namespace: 'agents', awsPermissions: [STATEMENT] });

function parsed(value: unknown): unknown {
  return JSON.parse(String(value));
}

describe('WorkloadRole', () => {
  it('trusts one service account on one cluster of this account, by Pod Identity', () => {
    const stack = aStack();
    new WorkloadRole(stack, 'Role', { model: aModel(), component: FLUENT_BIT });
    const [role] = resourcesOf(stack, 'aws_iam_role');
    expect(role?.name).toBe('rag-monitoring-fluent-bit');
    expect(parsed(role?.assume_role_policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'EksPodIdentity',
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '123456789012',
              'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:ap-southeast-2:123456789012:cluster/llmops-rag',
              'aws:RequestTag/kubernetes-namespace': 'agents',
              'aws:RequestTag/kubernetes-service-account': 'fluent-bit',
            },
          },
        },
      ],
    });
  });

  it('associates the role with the service account, which then needs no annotation', () => {
    const stack = aStack();
    const role = new WorkloadRole(stack, 'Role', { model: aModel(), component: FLUENT_BIT });
    expect(resourcesOf(stack, 'aws_eks_pod_identity_association')).toEqual([
      expect.objectContaining({
        cluster_name: 'llmops-rag',
        namespace: 'agents',
        service_account: 'fluent-bit',
      }),
    ]);
    expect(role.serviceAccountAnnotations).toEqual({});
  });

  it('trusts one subject and one audience, by the OpenID Connect provider', () => {
    const stack = aStack();
    const model = aModel({ cluster: { kind: 'eks', name: 'llmops-rag', identity: 'irsa' } });
    const { provider } = new ClusterOidc(stack, 'Oidc', { model });
    const role = new WorkloadRole(stack, 'Role', { model, component: FLUENT_BIT, oidcProvider: provider });
    const [resource] = resourcesOf(stack, 'aws_iam_role');
    const trust = String(resource?.assume_role_policy);
    expect(trust).toContain('"Action":"sts:AssumeRoleWithWebIdentity"');
    expect(trust).toMatch(/"Federated":"\$\{data\.aws_iam_openid_connect_provider\.\w+\.arn\}"/);
    expect(trust).toMatch(
      /"StringEquals":\{"\$\{trimprefix\(.*, "https:\/\/"\)\}:sub":"system:serviceaccount:agents:fluent-bit"/,
    );
    expect(trust).toMatch(/"https:\/\/"\)\}:aud":"sts\.amazonaws\.com"/);
    expect(Object.keys(role.serviceAccountAnnotations)).toEqual(['eks.amazonaws.com/role-arn']);
    expect(resourcesOf(stack, 'aws_eks_pod_identity_association')).toEqual([]);
  });

  it('may do what the component states and no more', () => {
    const stack = aStack();
    new WorkloadRole(stack, 'Role', { model: aModel(), component: FLUENT_BIT });
    const [policy] = resourcesOf(stack, 'aws_iam_role_policy');
    expect(parsed(policy?.policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'WriteLogs',
          Effect: 'Allow',
          Action: 'logs:PutLogEvents',
          Resource: 'arn:aws:logs:ap-southeast-2:123456789012:log-group:g:*',
        },
      ],
    });
  });
});

describe('permissionPolicy', () => {
  const policy = (statement: Partial<typeof STATEMENT>) =>
    permissionPolicy({ name: 'x', awsPermissions: [{ ...STATEMENT, ...statement }] });

  it.each(['*', 'logs:*', 'logs:Put*'])('refuses the wildcard action %s', (action) => {
    expect(() => policy({ actions: [action] })).toThrow(
      `x: awsPermissions.WriteLogs: action "${action}"; allowed: service:Action, written out, without a wildcard; mend: name each action that the program calls`,
    );
  });

  it('refuses every resource for an action that knows resources', () => {
    expect(() => policy({ actions: ['xray:PutTraceSegments', 'sns:Publish'], resources: ['*'] })).toThrow(
      'x: awsPermissions.WriteLogs: resource "*" for sns:Publish; allowed: the ARNs that the action is needed on; mend: name the resources, and give actions that know no resource a statement of their own',
    );
  });

  it('takes every resource for actions that know none', () => {
    const actions = ['xray:PutTraceSegments', 'cloudwatch:GetMetricData', 'tag:GetResources'];
    expect(policy({ actions, resources: ['*'] })).toContain('"Resource":"*"');
  });

  it('refuses a role that may do nothing', () => {
    expect(() => permissionPolicy({ name: 'x', awsPermissions: [] })).toThrow(
      'x: awsPermissions: no statement; allowed: at least one statement for a component that gets a role; mend: add the statements, or leave the component out of the roles',
    );
  });

  it('refuses a policy that is longer than IAM takes', () => {
    const resources = Array.from(
      { length: 200 },
      (_, index) => `${STATEMENT.resources[0] ?? ''}${String(index)}`,
    );
    expect(() => policy({ resources })).toThrow(
      /^x: awsPermissions: a policy of 1\d{4} characters; allowed: at most 10240; mend: name fewer resources, or join statements$/,
    );
  });
});
