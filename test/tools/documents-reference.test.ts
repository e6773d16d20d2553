import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { viewDocuments } from '../../check/documents/document-view';
import { dashboardFile, readContent, yamlFile, type Content } from '../../content/content';
import { readDocumentFiles, type Reference } from '../../content/source-document';
import { DOCUMENTS_PAGE, renderDocumentsPage } from '../../tools/documents-reference';

const root = join(__dirname, '..', '..');
const content = readContent(root);
const files = readDocumentFiles(root);
const documents = viewDocuments(files).documents.map(({ document }) => document);

const references = documents.flatMap(({ items }) => items.flatMap(({ now }) => now));

/** How many references name something of a board, an alert, ... */
function count(field: string): number {
  return references.filter((reference: Reference) => field in reference).length;
}

/** Findings over content in which the names that a pattern finds have another name. */
function afterRenaming(of: 'dashboards' | 'rules', pattern: RegExp): string[] {
  const rename = (text: string) => text.replaceAll(pattern, (name) => `${name}Renamed`);
  const changed: Content =
    of === 'dashboards'
      ? {
          ...content,
          dashboards: content.dashboards.map(({ path, text }) => dashboardFile(path, rename(text))),
        }
      : { ...content, rules: content.rules.map(({ path, text }) => yamlFile(path, rename(text))) };
  const { findings, text } = renderDocumentsPage(files, changed);
  expect(text).toBeUndefined();
  return findings.map(({ rule }) => rule);
}

/** Every file is read and every near name looked for; on a busy machine that takes its time. */
const SLOW = 60_000;

describe('docs/documents.md', () => {
  const page = readFileSync(join(root, DOCUMENTS_PAGE), 'utf8');

  it(
    'is what `npm run docs:documents` writes',
    () => {
      expect(renderDocumentsPage(files, content)).toEqual({ findings: [], text: page });
    },
    SLOW,
  );

  it('links to files that exist', () => {
    const links = new Set([...page.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path = '']) => path));

    expect(links.size).toBeGreaterThan(50);
    expect([...links].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each([
    ['D0', { dashboard: 3, panel: 7, query: 5, alert: 4, alarm: 1, topic: 2 }],
    ['D1', { dashboard: 1, panel: 10, limit: 10, query: 3, alert: 5 }],
    ['D2', { dashboard: 6, panel: 16, query: 1, alert: 3, route: 5 }],
    ['D3', { dashboard: 6, panel: 23, alert: 8, 'security event': 1, route: 3, receiver: 3 }],
    [
      'D4',
      {
        dashboard: 3,
        panel: 16,
        query: 9,
        alert: 1,
        'recording rule': 1,
        route: 3,
        receiver: 4,
        measure: 19,
      },
    ],
  ])('has everything that %s names', (id, kinds) => {
    const items = documents.find((document) => document.id === id)?.items ?? [];
    const found: Record<string, number> = {};
    for (const { kind } of items) found[kind] = (found[kind] ?? 0) + 1;

    expect(found).toEqual(kinds);
  });
});

describe('npm run docs:documents', () => {
  it(
    'refuses every row whose panel has another name',
    () => {
      const rules = afterRenaming('dashboards', /(?<="title": ")[^"]+/g);

      expect(rules).toEqual(Array<string>(count('panel')).fill('documents/unknown-panel'));
    },
    SLOW,
  );

  it(
    'refuses every row whose board has another uid',
    () => {
      const rules = afterRenaming('dashboards', /(?<=^ {2}"uid": ")[^"]+/gm);

      expect(rules).toEqual(Array<string>(count('board')).fill('documents/unknown-board'));
    },
    SLOW,
  );

  it(
    'refuses every row whose alert has another name',
    () => {
      const rules = afterRenaming('rules', /(?<=^ +- alert: )\w+/gm);

      expect(rules).toEqual(Array<string>(count('alert')).fill('documents/unknown-alert'));
    },
    SLOW,
  );

  it(
    'refuses every row whose recorded series has another name',
    () => {
      const rules = afterRenaming('rules', /(?<=^ +- record: )\S+/gm);

      expect(rules).toEqual(Array<string>(count('recorded')).fill('documents/unknown-recorded'));
    },
    SLOW,
  );
});
