import { renderedFiles } from '../../stacks/rendered-files';
import { ENVIRONMENTS, modelOf, repositoryContent } from '../support/rendered';

const { dashboards } = repositoryContent();
const boards = dashboards.map(({ path, text }) => ({
  path,
  text,
  uid: (JSON.parse(text) as { readonly uid: string }).uid,
}));

describe.each(ENVIRONMENTS)('Grafana of %s', (environment) => {
  it('opens on the board of alerts, which is mounted where its configuration says', () => {
    const files = renderedFiles(modelOf(environment));
    const path = /^default_home_dashboard_path = \/etc\/(.+)$/m.exec(
      files.get('grafana/grafana.ini') ?? '',
    )?.[1];

    expect(JSON.parse(files.get(path ?? '') ?? '{}')).toMatchObject({ uid: 'rag-alerts' });
  });
});

describe('the board that Grafana opens on', () => {
  it('links every other board', () => {
    const home = boards.find(({ uid }) => uid === 'rag-alerts')?.text ?? '';
    const others = boards.filter(({ uid }) => uid !== 'rag-alerts');

    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ uid }) => !home.includes(`/d/${uid}?`)).map(({ path }) => path)).toEqual([]);
  });
});
