import { isDeepStrictEqual } from 'node:util';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes sure that two output folders hold the same for Terraform: everything but cdktf's own notes, which tell of the
 * program that wrote them.
 *
 * @throws Error naming the first stack that differs
 */
export function assertSameResources(folder: string, other: string, stacks: readonly string[]): void {
  for (const stack of stacks) {
    if (!isDeepStrictEqual(stackOf(folder, stack), stackOf(other, stack))) {
      throw new Error(`the stack ${stack} in ${folder} differs from the one in ${other}`);
    }
  }
}

function stackOf(folder: string, stack: string): unknown {
  const text = readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8');
  return JSON.parse(text, (key, value: unknown) => (key === '//' ? undefined : value));
}
