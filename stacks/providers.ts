import { DataAwsEksCluster } from '@cdktf/provider-aws/lib/data-aws-eks-cluster';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { regionOf } from '../constructs/aws/arn';
import { PROJECT } from '../constructs/aws/aws-model';
import type { AwsAccount, ClusterAccess, Environment } from '../environments/environment';

/** What {@link addProviders} found out for the constructs. */
export interface ProviderFacts {
  /** The EKS cluster, where there is one. */
  readonly eksCluster: DataAwsEksCluster | undefined;
}

/** Adds the providers that an environment needs: without `aws` there is no AWS provider at all. */
export function addProviders(scope: Construct, environment: Environment): ProviderFacts {
  const { aws, cluster } = environment;
  if (aws !== undefined) addAws(scope, environment, aws);
  const eksCluster =
    cluster.kind === 'eks' ? new DataAwsEksCluster(scope, 'EksCluster', { name: cluster.name }) : undefined;
  const access = clusterAccess(cluster, eksCluster, aws);
  new KubernetesProvider(scope, 'Kubernetes', { ...access, exec: access.exec && [access.exec] });
  new HelmProvider(scope, 'Helm', { kubernetes: access });
  return { eksCluster };
}

function addAws(scope: Construct, environment: Environment, aws: AwsAccount): void {
  new AwsProvider(scope, 'Aws', {
    region: regionOf(aws),
    // A wrong profile must not put the stack into somebody else's account.
    allowedAccountIds: [aws.accountId],
    defaultTags: [
      {
        tags: {
          Project: PROJECT,
          Environment: environment.name,
          ManagedBy: 'terraform',
          ...environment.tags,
        },
      },
    ],
  });
}

function clusterAccess(
  cluster: ClusterAccess,
  eksCluster: DataAwsEksCluster | undefined,
  aws: AwsAccount | undefined,
) {
  if (cluster.kind === 'kubeconfig' || eksCluster === undefined || aws === undefined) {
    const path = cluster.kind === 'kubeconfig' ? cluster.path : undefined;
    const context = cluster.kind === 'kubeconfig' ? cluster.context : undefined;
    return { configPath: path ?? '~/.kube/config', configContext: context };
  }
  return {
    host: eksCluster.endpoint,
    clusterCaCertificate: Fn.base64decode(eksCluster.certificateAuthority.get(0).data),
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      // A token of its own for each run: nothing to expire in a plan, and nothing in the state.
      args: ['eks', 'get-token', '--cluster-name', cluster.name, '--region', regionOf(aws)],
    },
  };
}
