import type { z } from 'zod';
import type { YamlFile } from '../content/yaml-file';
import { didYouMean } from './did-you-mean';
import { findingAt } from './finding';
import type { Finding } from './finding';

/** A YAML file of the content. */
export interface SchemaInput {
  readonly path: string;
  readonly document: YamlFile;
}

/**
 * Holds a parsed file against its schema.
 *
 * @returns the typed value, undefined where it does not fit, and a finding for each thing that does not
 */
export function readSchema<T>(
  file: SchemaInput,
  schema: z.ZodType<T>,
  rule: string,
): { readonly value?: T; readonly findings: readonly Finding[] } {
  const result = schema.safeParse(file.document.value);
  if (result.success) return { value: result.data, findings: [] };
  return { findings: result.error.issues.flatMap((issue) => issueFindings(file, issue, rule)) };
}

function issueFindings({ path, document }: SchemaInput, issue: z.core.$ZodIssue, rule: string): Finding[] {
  const where = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      findingAt(path, document.positionOfKey([...where, key]), {
        rule,
        message: `the field "${key}" is not known${within(where)}`,
        hint: didYouMean(key, knownFields) ?? 'remove it',
      }),
    );
  }
  const message = `${where.length > 0 ? `${where.join('.')}: ` : ''}${lowerFirst(issue.message)}`;
  const hint =
    issue.code === 'invalid_type'
      ? 'write a value of that type; quote a number that is a text'
      : 'mend the value';
  return [findingAt(path, document.positionOf(where), { rule, message, hint })];
}

/** Field names of all schemas, for "did you mean". */
const knownFields: readonly string[] = [
  ...['groups', 'name', 'interval', 'query_offset', 'limit', 'labels', 'rules'],
  ...['alert', 'record', 'expr', 'for', 'keep_firing_for', 'annotations'],
  ...[
    'producer',
    'job',
    'optional',
    'targetLabels',
    'metrics',
    'type',
    'unit',
    'help',
    'range',
    'absentUntilFirst',
  ],
  ...['zeroMeansUnset', 'deprecated', 'since', 'aliases', 'replaces', 'because', 'confirmed', 'by', 'source'],
  ...[
    'buckets',
    'title',
    'description',
    'kind',
    'team',
    'service',
    'objective',
    'window',
    'sli',
    'good',
    'bad',
  ],
  ...['total', 'minimumBadEvents', 'problem'],
  ...[
    'id',
    'about',
    'items',
    'of',
    'says',
    'now',
    'none',
    'corrected',
    'what',
    'why',
    'fault',
    'refused',
    'example',
  ],
];

function within(where: readonly (string | number)[]): string {
  return where.length > 0 ? ` in ${where.join('.')}` : '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
