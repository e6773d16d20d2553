// First, so that every construct gets classes that take notes.
import { recordedElements, type RecordedElement } from './recorder';

import {
  DefaultTokenResolver,
  StringConcat,
  Tokenization,
  TerraformResource,
  type TerraformElement,
} from 'cdktf';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../environments';
import { loadProject } from '../../stacks/project';
import { synthesize } from '../../stacks/synthesis';
import { baselineProgram, type LiteralElement } from './baseline-program';

/** Synthesizes the project into one folder and writes the program of literals that makes the same into a file. */
function main([outdir = '', program = '']: readonly string[]): void {
  const { models, findings } = loadProject(join(__dirname, '..', '..'), environments);
  if (models.length === 0) throw new Error(`the project is refused: ${JSON.stringify(findings)}`);
  synthesize(models, outdir);
  writeFileSync(program, baselineProgram(recordedElements().map(literal)));
}

function literal({ module, className, element, args }: RecordedElement): LiteralElement {
  const [stack = '', ...path] = element.node.path.split('/');
  const dependsOn = TerraformResource.isTerraformResource(element) ? element.dependsOn : undefined;
  return {
    module,
    className,
    stack,
    path,
    args: args.filter((value) => value !== undefined).map((value) => resolved(element, withoutOrder(value))),
    logicalId: Reflect.get(element, '_logicalIdOverride') as string | undefined,
    dependsOn: resolved(element, dependsOn) as string[] | undefined,
    overrides: Reflect.get(element, 'rawOverrides') as Readonly<Record<string, unknown>>,
    stackOverrides: Reflect.get(element.cdktfStack, 'rawOverrides') as Readonly<Record<string, unknown>>,
  };
}

/** What a configuration says but for the elements to wait for: those are objects there, and the element has their names. */
function withoutOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'dependsOn'));
}

/** A value as cdktf would write it: references as `${...}`. */
function resolved(scope: TerraformElement, value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

main(process.argv.slice(2));
