import { DataAwsEksCluster } from '@cdktf/provider-aws/lib/data-aws-eks-cluster';
import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { AwsModel } from './aws-model';
import type { OidcProvider } from './role-policies';

/** What a {@link ClusterOidc} is made of. */
export interface ClusterOidcProps {
  readonly model: AwsModel;
}

/** Looks up the OpenID Connect provider that IAM has for the cluster; it must exist. */
export class ClusterOidc extends Construct {
  readonly provider: OidcProvider;

  constructor(scope: Construct, id: string, props: ClusterOidcProps) {
    super(scope, id);
    const cluster = new DataAwsEksCluster(this, 'Cluster', { name: props.model.cluster.name });
    const url = cluster.identity.get(0).oidc.get(0).issuer;
    const provider = new DataAwsIamOpenidConnectProvider(this, 'Provider', { url });
    this.provider = { arn: provider.arn, issuer: Fn.trimprefix(url, 'https://') };
  }
}
