import { dashboardFolders } from '../../../constructs/grafana/dashboard-files';
import { dashboardFile } from '../../../content/content';

describe('dashboardFolders', () => {
  it('has one entry for each folder, with a title for people', () => {
    const files = [
      'dashboards/cost/a.json',
      'dashboards/cost/b.json',
      'dashboards/rag-service/a.json',
      'dashboards/slo/c.json',
    ];

    expect(dashboardFolders(files.map((path) => dashboardFile(path, '{}')))).toMatchObject([
      { folder: 'cost', title: 'Cost', files: [{ name: 'a.json' }, { name: 'b.json' }] },
      { folder: 'rag-service', title: 'RAG service', files: [{ name: 'a.json' }] },
      { folder: 'slo', title: 'SLO', files: [{ name: 'c.json' }] },
    ]);
  });

  it('leaves out white space and keeps the order of keys', () => {
    const [folder] = dashboardFolders([
      dashboardFile('dashboards/cost/a.json', '{\n  "b": [1, 2],\n  "a": "x y"\n}\n'),
    ]);

    expect(folder?.files[0]?.content).toBe('{"b":[1,2],"a":"x y"}');
  });
});
