import { join } from 'node:path';
import { readContent } from '../../content/content';
import { presentSloFiles, wantedSloFiles } from '../../tools/slos';

const repository = join(__dirname, '..', '..');

describe('npm run slos', () => {
  it('changes nothing: the rules and tests of SLOs are as they would be written', async () => {
    expect(presentSloFiles(repository)).toEqual(await wantedSloFiles(repository));
  });

  it('writes rules and two files of tests for each SLO', async () => {
    const names = readContent(repository).slos.map(({ path }) => path.replace(/^slos\/|\.yaml$/g, ''));

    expect([...(await wantedSloFiles(repository)).keys()].sort()).toEqual(
      names
        .flatMap((name) => [
          `alert-rules/slo/${name}.yaml`,
          `alert-rules/tests/slo-${name}.yaml`,
          `alert-rules/tests/slo-${name}-windows.yaml`,
        ])
        .sort(),
    );
  });
});
