import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, Testing, TerraformStack } from 'cdktf';

/** Resource type to construct path to body, as Terraform gets them, without cdktf's own metadata. */
export type SynthesizedResources = Readonly<
  Record<string, Readonly<Record<string, Record<string, unknown>>>>
>;

/** A stack to place constructs in, with every provider that they may need. */
export function aStack(name = 'test'): TerraformStack {
  const stack = new TerraformStack(new App(), name);
  new AwsProvider(stack, 'Aws', { region: 'ap-southeast-2' });
  new KubernetesProvider(stack, 'Kubernetes');
  new HelmProvider(stack, 'Helm');
  return stack;
}

/** All resources of a stack, after its validations have run. */
export function synthResources(stack: TerraformStack): SynthesizedResources {
  const document = JSON.parse(Testing.synth(stack, true)) as { resource?: SynthesizedResources };
  return document.resource ?? {};
}

/** All resources of one type, in the order of their names. */
export function resourcesOf(stack: TerraformStack, type: string): Record<string, unknown>[] {
  return Object.values(synthResources(stack)[type] ?? {});
}
