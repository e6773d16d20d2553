import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { AwsModel } from './aws-model';
import { keyPolicy } from './key-policy';
import { policyDocument } from './policy-document';

/** What an {@link EncryptionKey} is made of. */
export interface EncryptionKeyProps {
  readonly model: AwsModel;
  /** Roles that the key's policy names: KMS refuses a principal that does not exist. */
  readonly principals: readonly ITerraformDependable[];
}

/**
 * The customer-managed key of the topics and the log group. Alarms cannot publish to a topic under the key
 * `alias/aws/sns`, whose policy is not ours to change.
 */
export class EncryptionKey extends Construct {
  /** ARN, known only after the key exists. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'Resource', {
      description: 'Alerts and logs of rag-monitoring',
      enableKeyRotation: true,
      // The longest time to notice and undo a deletion: without the key the logs are lost.
      deletionWindowInDays: 30,
      policy: policyDocument(keyPolicy(props.model)),
      dependsOn: [...props.principals],
    });
    new KmsAlias(this, 'Alias', { name: props.model.names.keyAlias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
