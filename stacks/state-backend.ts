import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { StateBackend } from '../environments/environment';

/** Folder in the bucket; one object for each environment below it. */
const STATE_FOLDER = 'rag-monitoring';

/** The repository's root from where Terraform runs, `cdktf.out/stacks/<environment>`: the state outlives the output. */
const REPOSITORY_ROOT = '../../..';

/** Tells Terraform where this environment's state is. */
export function addStateBackend(
  stack: TerraformStack,
  environment: { readonly name: string; readonly state: StateBackend; readonly region: string | undefined },
): void {
  const { state } = environment;
  if (state.kind === 'local') {
    new LocalBackend(stack, { path: `${REPOSITORY_ROOT}/${state.path}` });
    return;
  }
  new S3Backend(stack, {
    bucket: state.bucket,
    key: `${STATE_FOLDER}/${environment.name}.tfstate`,
    region: state.region ?? environment.region,
    encrypt: true,
    kmsKeyId: state.kmsKeyId,
  });
  // Locking by an object in the bucket came with Terraform 1.10, after cdktf's type of this backend was frozen
  // (developer.hashicorp.com/terraform/language/backend/s3, "State Locking").
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
