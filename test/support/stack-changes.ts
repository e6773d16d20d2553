import { isDeepStrictEqual } from 'node:util';

/** One `cdk.tf.json`. */
export interface StackDocument {
  readonly resource: Readonly<Record<string, Readonly<Record<string, ResourceBody>>>>;
  readonly [section: string]: unknown;
}

/** A resource as Terraform gets it. */
export type ResourceBody = Readonly<Record<string, unknown>>;

/** Every resource of a stack by its Terraform address, such as `aws_sns_topic.Cloud_Topics_alerts_FF92320F`. */
export function resourcesByAddress(stack: StackDocument): ReadonlyMap<string, ResourceBody> {
  return new Map(
    Object.entries(stack.resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, body]): [string, ResourceBody] => [`${type}.${id}`, body]),
    ),
  );
}

/**
 * What a deploy would have to do: one line for each resource that differs, as `~ type path`, `+` where it is new and
 * `-` where it is gone; and `~ (section)` for each other part of the document. The path is that of the construct.
 */
export function stackChanges(before: StackDocument, after: StackDocument): readonly string[] {
  const old = resourcesByAddress(before);
  const now = resourcesByAddress(after);
  const addresses = [...new Set([...old.keys(), ...now.keys()])].sort();
  const resources = addresses
    .filter((address) => !isDeepStrictEqual(old.get(address), now.get(address)))
    .map((address) => {
      const sign = !old.has(address) ? '+' : now.has(address) ? '~' : '-';
      const [type = ''] = address.split('.');
      return `${sign} ${type} ${constructPath(now.get(address) ?? old.get(address))}`;
    });
  const sections = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((section) => section !== 'resource' && !isDeepStrictEqual(before[section], after[section]))
    .map((section) => `~ (${section})`);
  return [...resources, ...sections];
}

/** The name that a resource has in Kubernetes or AWS; undefined where it has none of its own. */
export function nameOf(body: ResourceBody): string | undefined {
  const metadata = Object(body['metadata']) as ResourceBody;
  const name = metadata['name'] ?? body['name'] ?? body['alarm_name'] ?? body['dashboard_name'];
  return typeof name === 'string' ? name : undefined;
}

/** Path of the construct below its stack. */
function constructPath(body: ResourceBody | undefined): string {
  const notes = body?.['//'] as { readonly metadata: { readonly path: string } };
  return notes.metadata.path.split('/').slice(1).join('/');
}
