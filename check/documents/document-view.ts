import {
  faultsSchema,
  sourceDocumentSchema,
  type DocumentFiles,
  type Faults,
  type SourceDocument,
} from '../../content/source-document';
import type { Position } from '../../content/position';
import type { YamlPath } from '../../content/yaml-file';
import { findingAt, type Finding } from '../finding';
import { readSchema } from '../schema-findings';

/** One document with its places. */
export interface DocumentView {
  readonly file: string;
  readonly document: SourceDocument;
  readonly at: (path: YamlPath) => Position;
}

/** The documents and the faults that they share. */
export interface DocumentViews {
  readonly documents: readonly DocumentView[];
  readonly faults: Faults;
  readonly findings: readonly Finding[];
}

/** Reads what lies in `documents/`. `documents/schema`: a file that is not YAML or does not fit its schema. */
export function viewDocuments({ documents, faults }: DocumentFiles): DocumentViews {
  const rule = 'documents/schema';
  const files = [...documents, ...(faults ? [faults] : [])];
  const unreadable = files.flatMap(({ path, document: { problems } }) =>
    problems.map(({ position, message }) =>
      findingAt(path, position, {
        rule,
        message,
        hint: 'mend the place; keys are unique and indented with spaces',
      }),
    ),
  );
  if (unreadable.length > 0) return { documents: [], faults: {}, findings: unreadable };
  const readings = documents.map((file) => ({ file, ...readSchema(file, sourceDocumentSchema, rule) }));
  const shared = faults && readSchema(faults, faultsSchema, rule);
  return {
    documents: readings.flatMap(({ file: { path, document }, value }) =>
      value === undefined
        ? []
        : [{ file: path, document: value, at: (place: YamlPath) => document.positionOf(place) }],
    ),
    faults: shared?.value ?? {},
    findings: [...readings.flatMap(({ findings }) => findings), ...(shared?.findings ?? [])],
  };
}
