import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkContent } from '../../check/check-content';
import { readContent } from '../../content/content';
import { contract, facts } from '../support/content';

function read(files: Readonly<Record<string, string>>): ReturnType<typeof readContent> {
  const root = mkdtempSync(join(tmpdir(), 'content-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  try {
    return readContent(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe('readContent', () => {
  it('reads each kind of file from its place, in the order of code points', () => {
    const content = read({
      'dashboards/cost/é.json': '{}',
      'dashboards/cost/b.json': '{}',
      'dashboards/cost/B.json': '{ "a": 1 }',
      'dashboards/README.md': '',
      'alert-rules/z.yaml': '',
      'alert-rules/recording/a.yaml': '',
      'alert-rules/tests/a.yaml': '',
      'metrics/m.yaml': '',
      'runbooks/A.md': '',
      'runbooks/README.md': '',
    });

    expect(content.dashboards.map(({ path }) => path)).toEqual([
      'dashboards/cost/B.json',
      'dashboards/cost/b.json',
      'dashboards/cost/é.json',
    ]);
    expect(content.dashboards[0]).toMatchObject({
      folder: 'cost',
      name: 'B',
      text: '{ "a": 1 }',
      json: { a: 1 },
    });
    expect(content.rules.map(({ path }) => path)).toEqual([
      'alert-rules/recording/a.yaml',
      'alert-rules/z.yaml',
    ]);
    expect(content.metrics.map(({ path }) => path)).toEqual(['metrics/m.yaml']);
    expect(content.runbooks).toEqual(['A.md']);
    expect(content.strays).toEqual([]);
  });

  it('is empty where there is nothing', () => {
    expect(read({})).toEqual({ dashboards: [], rules: [], metrics: [], slos: [], runbooks: [], strays: [] });
  });

  it('tells of files that nothing would read', () => {
    const content = read({
      'metrics/m.yaml': contract,
      'alert-rules/a.yml': '',
      'dashboards/a.json': '{}',
      'dashboards/a/b/c.json': '{}',
      'dashboards/a/.b.json.swp': '',
    });

    expect(content.strays).toEqual(['dashboards/a.json', 'dashboards/a/b/c.json', 'alert-rules/a.yml']);
    expect(checkContent(content, facts)[0]).toMatchObject({ rule: 'content/stray-file', severity: 'error' });
  });
});
