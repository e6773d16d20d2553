import type { Destinations } from '../check/documents/destinations';
import type { DocumentView, DocumentViews } from '../check/documents/document-view';
import { isDeadEnd, resolve, type Place } from '../check/documents/resolve';
import type { Correction, DocumentItem, Faults } from '../content/source-document';
import { code, row } from './markdown';

/**
 * The page that follows each thing that the documents name to where it is, in Markdown.
 *
 * @param views documents without a finding
 */
export function documentsPage(views: DocumentViews, to: Destinations): string {
  return [
    '# From the documents to the boards and alerts',
    '',
    '<!-- Written by `npm run docs:documents` from documents/*.yaml. Edit those. -->',
    '<!-- prettier-ignore-start -->',
    '',
    ...introduction(views, to),
    ...views.documents.map(
      ({ document: { id, title, about } }) => `- [${id}](#${id.toLowerCase()}): ${title}, ${about}`,
    ),
    '',
    ...views.documents.flatMap((view) => table(view, views.faults, to)),
    ...faultTable(views),
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
}

function introduction({ documents }: DocumentViews, { deployed: { environment } }: Destinations): string[] {
  const items = documents.flatMap(({ document }) => document.items);
  const nowhere = items.filter(({ none }) => none !== undefined).length;
  return [
    'The project began with documents. Each board, panel, query, alert, limit, alarm, route and receiver that one of them',
    'names is a row below: what the document says, in other words, where it is now, and what was corrected and why.',
    '',
    `- ${String(items.length)} rows, of which ${String(nowhere)} have no place here; these say why.`,
    '- Places are looked up in the boards, rules and models when this page is written. A name that is not there is an error.',
    `- Limits, receivers, alarms and topics are those of ${environment}. The limits stand in`,
    '  [environments/common.ts](../environments/common.ts).',
    '- What the documents call a metric, and its name here, is in [metrics.md](metrics.md).',
    '',
  ];
}

function table({ document, file }: DocumentView, faults: Faults, to: Destinations): string[] {
  return [
    `## ${document.id}`,
    '',
    `${document.title}, ${document.about}; in [${file}](../${file}).`,
    '',
    '| The document names | It says | Now | Corrected, and why |',
    '| --- | --- | --- | --- |',
    ...document.items.map((item) =>
      row([named(item), `${item.says}.`, whereNow(item, to), corrections(item, faults)]),
    ),
    '',
  ];
}

function named({ kind, name, of }: DocumentItem): string {
  return `${kind} **${name}**${of === undefined ? '' : `<br>${of}`}`;
}

function whereNow({ now, none }: DocumentItem, to: Destinations): string {
  if (none !== undefined) return `Nowhere: ${none}.`;
  return now
    .map((reference) => resolve(reference, to))
    .flatMap((result) => (isDeadEnd(result) ? [] : [placeText(result)]))
    .join('<br>');
}

function placeText(place: Place): string {
  switch (place.kind) {
    case 'board':
      return `board ${boardLink(place.board)}`;
    case 'panel':
      return `"${place.title}" on ${boardLink(place.board)}`;
    case 'alert':
      return alertText(place);
    case 'recorded':
      return `recorded [${code(place.name)}](../${place.file})`;
    case 'metric':
      return `metric [${code(place.name)}](../${place.file})`;
    case 'alarm':
      return `CloudWatch alarm ${code(place.name)} ([model](../constructs/aws/aws-model.ts))`;
    case 'autoscaled':
      return `Deployment ${code(place.name)} is scaled on CPU ([settings](../environments/prod.ts))`;
    case 'topic':
      return `topic ${code(place.name)}${place.protocol === undefined ? '' : `, subscribed by ${place.protocol}`} ([settings](../environments/prod.ts))`;
    case 'receiver':
      return `receiver ${code(place.name)}: ${place.by.join(', ')} ([settings](../environments/prod.ts))`;
    case 'route':
      return `${Object.entries(place.labels)
        .map(([label, value]) => code(`${label}="${value}"`))
        .join(
          ', ',
        )} reaches ${place.receivers.map(code).join(', ')} ([routes](../constructs/alertmanager/alert-routing.ts))`;
  }
}

function boardLink({ title, path }: { readonly title: string; readonly path: string }): string {
  return `[${title}](../${path})`;
}

function alertText({ name, severity, files, limits, receivers }: Extract<Place, { kind: 'alert' }>): string {
  const [file = '', ...others] = files;
  const numbers = Object.entries(limits).map(([limit, value]) => `${code(limit)} ${String(value)}`);
  return [
    `alert [${name}](../${file})`,
    ...others.map((other) => ` and in [${other}](../${other})`),
    `, ${severity} ([runbook](../runbooks/${name}.md))`,
    numbers.length === 0 ? '' : `: ${numbers.join(', ')}`,
    receivers === undefined ? '' : `; reaches ${receivers.map(code).join(', ')}`,
  ].join('');
}

function corrections({ corrected, none }: DocumentItem, faults: Faults): string {
  if (none !== undefined) return '';
  if (corrected.length === 0) return 'Nothing.';
  return corrected
    .map((correction) => `${capital(correction.what)}, because ${reason(correction, faults)}.`)
    .join('<br>');
}

function reason(correction: Correction, faults: Faults): string {
  return 'why' in correction ? correction.why : (faults[correction.fault]?.because ?? '');
}

function faultTable({ documents, faults }: DocumentViews): string[] {
  const used = documents.flatMap(({ document }) => document.items.flatMap(({ corrected }) => corrected));
  const times = (name: string) =>
    used.filter((correction) => 'fault' in correction && correction.fault === name).length;
  return [
    '## Faults by name',
    '',
    'What several rows give as the reason. One with a rule cannot come back: `npm run check` refuses it.',
    '',
    '| Fault | Times | Because | Refused by | Such as |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(faults).map(([name, { because, refused, example }]) =>
      row([
        name.replaceAll('-', ' '),
        String(times(name)),
        because,
        refused === undefined ? '' : code(refused),
        example === undefined ? '' : code(example),
      ]),
    ),
    '',
  ];
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (first) => first.toUpperCase());
}
