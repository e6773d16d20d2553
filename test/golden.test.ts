import { join } from 'node:path';
import { environments } from '../environments';
import { loadProject } from '../stacks/project';
import { readTree, type FileTree } from '../tools/files';
import { goldenFiles } from '../tools/golden-files';

const ROOT = join(__dirname, '..');

describe('what is synthesized', () => {
  let now: FileTree;
  let reviewed: FileTree;

  beforeAll(() => {
    now = goldenFiles(loadProject(ROOT, environments).models);
    reviewed = readTree(join(__dirname, 'golden'));
  });

  it('has the files that were reviewed, no more and no fewer (`npm run golden` rewrites them)', () => {
    expect([...now.keys()].sort()).toEqual([...reviewed.keys()].sort());
  });

  it('is what was reviewed, file by file (`npm run golden` rewrites them)', () => {
    const changed = [...now].filter(([path, content]) => reviewed.get(path) !== content);

    expect(changed.map(([path]) => path)).toEqual([]);
  });

  it('holds no value that looks like a secret', () => {
    const shapes =
      /hooks\.slack\.com\/services\/T|\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/(?!user:password@)[^/\s:@]+:[^/\s@]+@/;
    const leaking = [...now].filter(([, content]) => shapes.test(content)).map(([path]) => path);

    expect(leaking).toEqual([]);
  });
});
