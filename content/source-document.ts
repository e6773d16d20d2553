import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { yamlFile } from './content';
import type { RuleFile } from './content';
import { byCodePoint } from './position';

/** Folder of the tables of what the documents asked for. */
export const DOCUMENTS_FOLDER = 'documents';

/** The faults that several documents share; the other files of the folder are documents. */
export const FAULTS_FILE = `${DOCUMENTS_FOLDER}/faults.yaml`;

const text = z.string().min(1);

const severity = z.enum(['critical', 'warning', 'info']);

const references = [
  z.strictObject({ board: text, panel: text.optional() }),
  z.strictObject({
    alert: text,
    severity,
    service: text.optional(),
    receivers: z.array(text).min(1).optional(),
  }),
  z.strictObject({ recorded: text }),
  z.strictObject({ metric: text }),
  z.strictObject({ alarm: text }),
  z.strictObject({ topic: text, protocol: text.optional() }),
  z.strictObject({ receiver: text, by: z.array(text).min(1) }),
  z.strictObject({ labels: z.record(text, text), receivers: z.array(text).min(1) }),
  z.strictObject({ autoscaled: text }),
] as const;

const reference = z.union(references, {
  error:
    'is none of {board, panel}, {alert, severity}, {recorded}, {metric}, {alarm}, {topic}, {receiver, by}, {labels, receivers}, {autoscaled}',
});

const correction = z.union(
  [z.strictObject({ what: text, why: text }), z.strictObject({ what: text, fault: text })],
  { error: 'is neither {what, why} nor {what, fault}' },
);

const item = z
  .strictObject({
    kind: z.enum([
      'dashboard',
      'panel',
      'query',
      'measure',
      'alert',
      'limit',
      'security event',
      'recording rule',
      'alarm',
      'topic',
      'route',
      'receiver',
    ]),
    of: text.optional(),
    name: text,
    says: text,
    now: z.array(reference).default([]),
    none: text.optional(),
    corrected: z.array(correction).default([]),
  })
  .refine(({ now, none }) => now.length > 0 !== (none !== undefined), {
    error: 'an item has either `now`, where it is, or `none`, why it is nowhere',
  });

/** Shape of a document's file in `documents/`. */
export const sourceDocumentSchema = z.strictObject({
  id: z.string().regex(/^D\d$/, 'a letter D and a digit are expected'),
  title: text,
  about: text,
  items: z.array(item).min(1),
});

/** Shape of `documents/faults.yaml`. */
export const faultsSchema = z.record(
  z.string().regex(/^[a-z]+(?:-[a-z]+)*$/, 'lower case words with dashes are expected'),
  z.strictObject({ because: text, refused: text.optional(), example: text.optional() }),
);

/**
 * A document that asked for dashboards and alerts, and what became of each.
 *
 * `about` says what it describes. An item is one thing that the document names: `of` the board, file or section it stands
 * in there, `says` its expression or limit in our words, `now` where it is, `none` why it is nowhere, `corrected` what was
 * changed, each with a reason of its own or with a fault that is described once.
 */
export type SourceDocument = z.infer<typeof sourceDocumentSchema>;

/** One thing that a document names. */
export type DocumentItem = SourceDocument['items'][number];

/**
 * A place in the project: a board or one of its panels, an alert at a severity (and which receivers it reaches in
 * production), a recorded series, a metric of the contract, a CloudWatch alarm, an SNS topic, a receiver and the ways it
 * tells, what alerts with these labels reach, or the Deployment that is scaled on CPU.
 */
export type Reference = DocumentItem['now'][number];

/** A change and its reason. */
export type Correction = DocumentItem['corrected'][number];

/** Mistakes by name: why each is one, the rule of `npm run check` that refuses it, and an expression that it refuses. */
export type Faults = z.infer<typeof faultsSchema>;

/** The files of `documents/`, none of them parsed for more than YAML. */
export interface DocumentFiles {
  readonly documents: readonly RuleFile[];
  /** @default - there is no such file */
  readonly faults?: RuleFile;
}

/** Reads `documents/`; a missing folder counts as an empty one. */
export function readDocumentFiles(root: string): DocumentFiles {
  const folder = join(root, DOCUMENTS_FOLDER);
  if (!existsSync(folder)) return { documents: [] };
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort(byCodePoint)
    .map((name) => yamlFile(`${DOCUMENTS_FOLDER}/${name}`, readFileSync(join(folder, name), 'utf8')));
  return {
    documents: files.filter(({ path }) => path !== FAULTS_FILE),
    faults: files.find(({ path }) => path === FAULTS_FILE),
  };
}
