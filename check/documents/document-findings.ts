import type { Faults } from '../../content/source-document';
import { didYouMean } from '../did-you-mean';
import { findingAt, sortFindings, type Finding } from '../finding';
import type { Destinations } from './destinations';
import type { DocumentView, DocumentViews } from './document-view';
import { isDeadEnd, resolve } from './resolve';

/**
 * Everything that is wrong in `documents/`: besides the shape, `documents/unknown-...` for a reference to what does not
 * exist, `documents/receivers` for an alert that reaches others than the item says, `documents/fault` for a fault that is
 * not described, and `documents/duplicate` for an item that stands there twice.
 */
export function documentFindings(views: DocumentViews, to: Destinations): Finding[] {
  return sortFindings([
    ...views.findings,
    ...views.documents.flatMap((view) => [
      ...deadEnds(view, to),
      ...unknownFaults(view, views.faults),
      ...duplicates(view),
    ]),
  ]);
}

function deadEnds({ file, document, at }: DocumentView, to: Destinations): Finding[] {
  return document.items.flatMap(({ now }, item) =>
    now.flatMap((reference, index) => {
      const result = resolve(reference, to);
      if (!isDeadEnd(result)) return [];
      const { field, rule, message, hint } = result;
      return [findingAt(file, at(['items', item, 'now', index, field]), { rule, message, hint })];
    }),
  );
}

function unknownFaults({ file, document, at }: DocumentView, faults: Faults): Finding[] {
  const known = Object.keys(faults);
  return document.items.flatMap(({ corrected }, item) =>
    corrected.flatMap((correction, index) => {
      if (!('fault' in correction) || known.includes(correction.fault)) return [];
      return [
        findingAt(file, at(['items', item, 'corrected', index, 'fault']), {
          rule: 'documents/fault',
          message: `the fault "${correction.fault}" is not described; allowed: ${known.join(', ')}`,
          hint:
            didYouMean(correction.fault, known) ??
            'describe it in documents/faults.yaml, or say why in the item',
        }),
      ];
    }),
  );
}

function duplicates({ file, document, at }: DocumentView): Finding[] {
  const first = new Map<string, number>();
  return document.items.flatMap(({ kind, of = '', name }, item) => {
    const key = JSON.stringify([kind, of, name]);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, item);
      return [];
    }
    const line = String(at(['items', before, 'name']).line);
    return [
      findingAt(file, at(['items', item, 'name']), {
        rule: 'documents/duplicate',
        message: `the ${kind} "${name}" stands in line ${line} already`,
        hint: 'remove one of them',
      }),
    ];
  });
}
