import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContent } from '../../content/content';
import { checkContent } from '../../check/check-content';
import { contentOf, facts } from '../support/content';

const repository = join(__dirname, '..', '..');
const content = readContent(repository);

describe.each(content.runbooks)('runbooks/%s', (name) => {
  const text = readFileSync(join(repository, 'runbooks', name), 'utf8');

  it('says what it means, how bad it is, how to confirm, what to do and who to call', () => {
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'What it means',
      'How bad it is',
      'How to confirm',
      'What to do',
      'Who to call',
    ]);
    expect(text).toContain(`# ${name.replace('.md', '')}\n`);
  });

  it('has only queries that Prometheus and the metric contract know', () => {
    const queries = [...text.matchAll(/```promql\n([\s\S]*?)```/g)].map(([, query = '']) => query.trim());
    const targets = queries.map((expr, index) => ({
      refId: String(index),
      expr: expr.replace(/^ {3}/gm, ''),
    }));
    const panel = {
      id: 1,
      type: 'table',
      title: 'Queries',
      description: 'All.',
      gridPos: { x: 0, y: 0, w: 1, h: 1 },
      targets,
      datasource: { uid: 'prometheus' },
    };
    const board = JSON.stringify({ uid: 'a', title: 'Queries', schemaVersion: 41, panels: [panel] });
    const { dashboards } = contentOf({ 'dashboards/a/a.json': board });

    expect(queries.length).toBeGreaterThan(0);
    expect(
      checkContent(
        { ...content, dashboards: [...content.dashboards, ...dashboards] },
        { ...facts, thresholds: [], links: [] },
      ).filter(({ file }) => file === 'dashboards/a/a.json'),
    ).toEqual([]);
  });
});
