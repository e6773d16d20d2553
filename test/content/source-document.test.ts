import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocumentFiles } from '../../content/source-document';

describe('readDocumentFiles', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'documents-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('finds nothing where there is no folder', () => {
    expect(readDocumentFiles(root)).toEqual({ documents: [] });
  });

  it('reads documents in their order and tells the faults apart', () => {
    mkdirSync(join(root, 'documents'));
    for (const name of ['d1.yaml', 'faults.yaml', 'd0.yaml', 'notes.md']) {
      writeFileSync(join(root, 'documents', name), `name: ${name}\n`);
    }

    const { documents, faults } = readDocumentFiles(root);

    expect(documents.map(({ path }) => path)).toEqual(['documents/d0.yaml', 'documents/d1.yaml']);
    expect(faults?.document.value).toEqual({ name: 'faults.yaml' });
  });
});
