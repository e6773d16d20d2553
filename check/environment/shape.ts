import type { z } from 'zod';
import { nearestName } from '../did-you-mean';
import { shown, type EnvironmentProblem } from './problem';
import { environmentSchema } from './schema';

/** Fields that are missing, unknown, or of the wrong kind. */
export function shapeProblems(environment: unknown): readonly EnvironmentProblem[] {
  const result = environmentSchema.safeParse(environment);
  return result.success ? [] : result.error.issues.flatMap((issue) => problems(issue, environment));
}

function problems(issue: z.core.$ZodIssue, root: unknown): EnvironmentProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField(issue.path, key));
  }
  if (issue.code === 'invalid_key') return issue.issues.map((own) => badKey(issue.path, own.message));
  const value = at(root, issue.path);
  const found = value === undefined ? 'is missing' : redacted(value, issue.message);
  return [{ path: issue.path, found, allowed: allowed(issue), mend: mend(issue, value) }];
}

function badKey(path: readonly PropertyKey[], wanted: string): EnvironmentProblem {
  return { path, found: 'is a key that does not fit', allowed: wanted, mend: 'choose another key' };
}

function unknownField(path: readonly PropertyKey[], key: string): EnvironmentProblem {
  const known = fieldsAt(path);
  const closest = nearestName(key, known);
  return {
    path: [...path, key],
    found: 'is no field of an environment',
    allowed: known.length > 0 ? known.join(', ') : 'the fields that environments/environment.ts documents',
    mend: closest === undefined ? 'remove it' : `write ${closest}`,
  };
}

/** A value that may be a secret is not repeated on the screen and in CI logs. */
function redacted(value: unknown, message: string): string {
  return message.includes('never the secret value') ? 'is a plain string (not shown)' : `is ${shown(value)}`;
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return issue.values.map(shown).join(', ');
  if (issue.code === 'invalid_union') return kindsAt(issue.path).map(shown).join(', ');
  if (issue.code === 'invalid_type' && !issue.message.includes('reference')) return issue.expected;
  return issue.message;
}

function mend(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.message.includes('never the secret value')) {
    return 'create the Secret in the cluster (README, "Secrets") and write its name and key here';
  }
  return value === undefined
    ? 'state it; environments/environment.ts says what it means'
    : 'correct the value';
}

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}

/** Names of the fields that the schema has at a path. */
function fieldsAt(path: readonly PropertyKey[]): string[] {
  return [...new Set(shapesAt(path).flatMap((shape) => Object.keys(shape)))];
}

/** Values that the last field of the path, which tells kinds apart, may have. */
function kindsAt(path: readonly PropertyKey[]): unknown[] {
  const field = path.at(-1) ?? '';
  return shapesAt(path.slice(0, -1)).flatMap((shape) => {
    const values: unknown =
      Reflect.get(Object(Reflect.get(shape, field)), 'values') ??
      Reflect.get(Object(Reflect.get(shape, field)), 'options');
    return Symbol.iterator in Object(values) ? [...(values as Iterable<unknown>)] : [];
  });
}

function shapesAt(path: readonly PropertyKey[]): object[] {
  let schema: unknown = environmentSchema;
  for (const key of path) schema = child(unwrapped(schema), key);
  return shapesOf(unwrapped(schema));
}

function child(schema: unknown, key: PropertyKey): unknown {
  const element = Reflect.get(Object(schema), 'element') as unknown;
  if (typeof key === 'number') return element;
  const shape = shapesOf(schema).find((candidate) => key in candidate);
  return shape === undefined ? undefined : Reflect.get(shape, key);
}

function unwrapped(schema: unknown): unknown {
  const inner: unknown = Reflect.get(Object(schema), 'unwrap');
  return typeof inner === 'function' && !('element' in Object(schema))
    ? unwrapped(Reflect.apply(inner, schema, []))
    : schema;
}

function shapesOf(schema: unknown): object[] {
  const shape: unknown = Reflect.get(Object(schema), 'shape');
  if (typeof shape === 'object' && shape !== null) return [shape];
  const options: unknown = Reflect.get(Object(schema), 'options');
  return Array.isArray(options) ? options.flatMap((option) => shapesOf(unwrapped(option))) : [];
}
