import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '../../../tools/files';
import { normaliseDashboard } from '../../../tools/dashboards-format/normalise-dashboard';
import { formatDashboard } from '../../../tools/dashboards-format/print-dashboard';

const repository = join(__dirname, '..', '..', '..');

/** What Grafana exports of a small board that somebody has edited. */
const exported = {
  __inputs: [{ name: 'DS_PROM', type: 'datasource', pluginId: 'prometheus' }],
  __requires: [{ type: 'grafana', version: '12.1.0' }],
  annotations: { list: [] },
  panels: [
    {
      title: 'Below',
      id: 2,
      gridPos: { h: 8, w: 12, x: 0, y: 8 },
      pluginVersion: '12.1.0',
      targets: [
        { expr: 'up', refId: 'A', key: 'Q-1', datasource: { uid: '${DS_PROM}', type: 'prometheus' } },
      ],
      type: 'stat',
    },
    { title: 'Right', id: 3, gridPos: { h: 8, w: 12, x: 12, y: 0 }, type: 'text', panels: [] },
    { title: 'Left', id: 7, gridPos: { h: 8, w: 12, x: 0, y: 0 }, type: 'text' },
  ],
  fiscalYearStartMonth: 1,
  id: 31,
  iteration: 1700000000000,
  liveNow: false,
  templating: {
    list: [
      {
        name: 'datasource',
        type: 'datasource',
        query: 'prometheus',
        current: { text: 'Other', value: 'x1' },
        options: [{}],
      },
      {
        name: 'namespace',
        type: 'query',
        includeAll: true,
        multi: true,
        current: { text: ['dev'], value: ['dev'] },
      },
      { name: 'job', type: 'query', includeAll: true, current: { text: 'x', value: 'x' } },
      { name: 'pod', type: 'query', current: { text: 'x', value: 'x' }, options: [{ text: 'x' }] },
      {
        name: 'window',
        type: 'custom',
        query: '5m,1h',
        current: { text: '1h', value: '1h' },
        options: [
          { text: '5m', value: '5m', selected: false },
          { text: '1h', value: '1h', selected: true },
        ],
      },
      { name: 'search', type: 'textbox', query: '.*', current: { text: 'abc', value: 'abc' } },
    ],
  },
  timepicker: {},
  title: 'Small board',
  uid: 'rag-small',
  version: 12,
};

interface Variable {
  readonly name: string;
  readonly current: unknown;
  readonly options: unknown;
}

const variables = (): readonly Variable[] =>
  (normaliseDashboard(exported)['templating'] as { list: readonly Variable[] }).list;

describe('normaliseDashboard', () => {
  it("keeps what a person decided and drops one Grafana's own numbers", () => {
    const board = normaliseDashboard(exported);
    expect(board).toMatchObject({
      id: null,
      uid: 'rag-small',
      title: 'Small board',
      fiscalYearStartMonth: 1,
      annotations: { list: [] },
    });
    for (const gone of ['version', 'iteration', '__inputs', '__requires', 'liveNow', 'timepicker']) {
      expect(board).not.toHaveProperty(gone);
    }
  });

  it('puts panels in reading order, without the version of the plugin and the keys of the editor', () => {
    const panels = normaliseDashboard(exported)['panels'] as readonly Record<string, unknown>[];
    expect(panels.map(({ title }) => title)).toEqual(['Left', 'Right', 'Below']);
    expect(panels[2]).not.toHaveProperty('pluginVersion');
    expect(panels[2]).toHaveProperty('targets', [
      { refId: 'A', datasource: { uid: '${datasource}', type: 'prometheus' }, expr: 'up' },
    ]);
  });

  it('resets variables to what a reader meets who has chosen nothing', () => {
    expect(Object.fromEntries(variables().map(({ name, current }) => [name, current]))).toEqual({
      datasource: { selected: false, text: 'Prometheus', value: 'prometheus' },
      namespace: { selected: true, text: ['All'], value: ['$__all'] },
      job: { selected: true, text: 'All', value: '$__all' },
      pod: {},
      window: { selected: true, text: '5m', value: '5m' },
      search: { selected: false, text: '.*', value: '.*' },
    });
  });

  it('forgets values that a query fetched and keeps those of a list', () => {
    expect(Object.fromEntries(variables().map(({ name, options }) => [name, options]))).toMatchObject({
      pod: [],
      datasource: [],
      window: [
        { value: '5m', selected: true },
        { value: '1h', selected: false },
      ],
    });
  });

  it("takes a board out of the API's wrapper", () => {
    expect(normaliseDashboard({ meta: {}, dashboard: exported })).toEqual(normaliseDashboard(exported));
  });

  it('refuses JSON that is no dashboard', () => {
    expect(() => normaliseDashboard({ kind: 'Dashboard', spec: {} })).toThrow('has no "panels"');
  });
});

describe('formatDashboard', () => {
  it('does not depend on the order of keys in the export', async () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    const text = await formatDashboard(JSON.stringify(exported), 110);
    expect(await formatDashboard(JSON.stringify(reversed(exported)), 110)).toBe(text);
    expect(Object.keys(JSON.parse(text) as object).slice(0, 3)).toEqual(['id', 'uid', 'title']);
    expect(Object.keys(JSON.parse(text) as object).at(-1)).toBe('panels');
  });

  it('indents by two spaces, ends with a newline, and changes nothing the second time', async () => {
    const text = await formatDashboard(JSON.stringify(exported), 110);
    expect(text).toMatch(/^\{\n {2}"id": null,\n[^]*\}\n$/);
    expect(await formatDashboard(text, 110)).toBe(text);
  });

  it('says where the text is not JSON', async () => {
    await expect(formatDashboard('{\n  "panels": [],\n}\n', 110)).rejects.toThrow(/^3:1 /);
  });
});

describe('npm run dashboards:format', () => {
  const run = (...args: readonly string[]) => {
    const script = join(repository, 'tools', 'dashboards-format.ts');
    return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: repository,
      encoding: 'utf8',
    });
  };
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'boards-'));
    file = join(folder, 'small.json');
    writeFileSync(file, JSON.stringify(exported));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('with --check names a file that is not in form, leaves it alone and exits 1', () => {
    const { status, stdout } = run('--check', file);
    expect(status).toBe(1);
    expect(stdout).toBe(`${file}: run \`npm run dashboards:format\`\n`);
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(exported));
  });

  it('writes the file in form, after which there is nothing to do', () => {
    expect(run(file)).toMatchObject({ status: 0, stdout: `${file}: formatted\n` });
    expect(run('--check', file)).toMatchObject({ status: 0, stdout: '' });
  });

  it('names a file that it cannot read, and goes on with the others', () => {
    const { status, stdout, stderr } = run(join(folder, 'none.json'), file);
    expect(status).toBe(1);
    expect(stderr).toMatch(/none\.json: ENOENT/);
    expect(stdout).toBe(`${file}: formatted\n`);
  });
});

describe('dashboards/', () => {
  const boards = [...readTree(join(repository, 'dashboards'))].filter(([path]) => path.endsWith('.json'));

  it.each(boards)('holds %s in that form', async (_path, text) => {
    expect(await formatDashboard(text, 110)).toBe(text);
  });
});
