import { dependable, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Makes every resource of a construct wait for all resources of another one, where no reference says so: objects for
 * their namespace, and pods for their role, since EKS hands credentials only to pods that start after the association.
 */
export function deployAfter(construct: Construct, prerequisite: Construct): void {
  const first = resourcesIn(prerequisite).map((resource) => dependable(resource));
  for (const resource of resourcesIn(construct)) {
    resource.dependsOn = [...(resource.dependsOn ?? []), ...first];
  }
}

function resourcesIn(construct: Construct): TerraformResource[] {
  return construct.node
    .findAll()
    .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child));
}
