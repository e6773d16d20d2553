import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContent } from '../../content/content';
import { checkContent } from '../../check/check-content';
import { contentOf, facts } from '../support/content';

const repository = join(__dirname, '..', '..');
const content = readContent(repository);

/** Queries of a page: its blocks of PromQL, whether they stand in a list or not. */
function queriesOf(name: string): string[] {
  const text = readFileSync(join(repository, 'runbooks', name), 'utf8');
  return [...text.matchAll(/```promql\n([\s\S]*?)```/g)].map(([, query = '']) =>
    query.trim().replace(/^ {3}/gm, ''),
  );
}

function boardOf(name: string): string {
  return `dashboards/runbooks/${name.replace('.md', '.json')}`;
}

/** A board that asks what the page asks. */
function boardWith(name: string): string {
  const panel = {
    id: 1,
    type: 'table',
    title: 'Queries',
    description: 'All.',
    gridPos: { x: 0, y: 0, w: 1, h: 1 },
    targets: queriesOf(name).map((expr, index) => ({ refId: String(index), expr })),
    datasource: { uid: 'prometheus' },
  };
  const title = name.replace('.md', '');
  return JSON.stringify({ uid: `runbook-${title}`.slice(0, 40), title, schemaVersion: 41, panels: [panel] });
}

// All pages at once: the rules and the contract, which every query is held against, are read one time only.
const boards = contentOf(
  Object.fromEntries(content.runbooks.map((name) => [boardOf(name), boardWith(name)])),
).dashboards;
const findings = checkContent(
  { ...content, dashboards: [...content.dashboards, ...boards] },
  { ...facts, thresholds: [], links: [] },
);

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
    expect(queriesOf(name).length).toBeGreaterThan(0);
    expect(findings.filter(({ file }) => file === boardOf(name))).toEqual([]);
  });
});
