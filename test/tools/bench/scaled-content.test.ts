import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContent } from '../../../content/content';
import { prod } from '../../../environments/prod';
import { loadProject } from '../../../stacks/project';
import { scaledContent } from '../../../tools/bench/scaled-content';
import { writeTree } from '../../../tools/files';

const content = readContent(join(__dirname, '..', '..', '..'));

describe('scaledContent', () => {
  it('is the content itself once', () => {
    const { files, units } = scaledContent(content, 1);

    expect(units).toBe(content.dashboards.length + content.rules.length);
    for (const { path, text } of [...content.dashboards, ...content.rules])
      expect(files.get(path)).toBe(text);
  });

  it('is a project without a fault three times over, its names being all different', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scaled-'));
    try {
      const { files, units } = scaledContent(content, 3);
      writeTree(folder, files);
      const scaled = readContent(folder);

      expect(loadProject(folder, [prod]).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(scaled.dashboards).toHaveLength(3 * content.dashboards.length);
      expect(scaled.rules).toHaveLength(3 * content.rules.length);
      expect(units).toBe(scaled.dashboards.length + scaled.rules.length);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
