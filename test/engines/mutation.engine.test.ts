import { prod } from '../../environments/prod';
import { projectMutants } from '../../tools/mutation/project-mutants';
import { WANTED } from '../../tools/mutation/report';
import { sample } from '../../tools/mutation/sample';
import { Trials } from '../../tools/mutation/trial';
import { describeWithEngines } from '../support/engines';
import { repository } from '../support/promtool';

/** `npm run mutate` runs them all; so many are run here, always the same ones. */
const SIZE = 40;

jest.setTimeout(120_000);

describeWithEngines(['promtool'], 'the unit tests of rules', ({ promtool }) => {
  const { files, tests, mutants, survivors } = projectMutants(repository, prod);

  it('are said to miss few changes of rules, each with a reason, and only changes that exist', () => {
    const ids = new Set(mutants.map(({ id }) => id));

    expect([...survivors.keys()].filter((id) => !ids.has(id))).toEqual([]);
    expect(1 - survivors.size / mutants.length).toBeGreaterThanOrEqual(WANTED);
  });

  it('notice every other change, in a fixed sample', async () => {
    const others = mutants.filter(({ id }) => !survivors.has(id));
    const outcomes = await new Trials(promtool, files, tests).run(sample(others, SIZE, 1), 2);

    expect(outcomes).toHaveLength(SIZE);
    expect(outcomes.filter(({ verdict }) => verdict !== 'noticed').map(({ mutant }) => mutant.id)).toEqual(
      [],
    );
  });

  it('miss the known survivors, in a fixed sample', async () => {
    const known = sample(
      mutants.filter(({ id }) => survivors.has(id)),
      5,
      1,
    );
    const outcomes = await new Trials(promtool, files, tests).run(known, 2);

    expect(outcomes.filter(({ verdict }) => verdict === 'noticed')).toEqual([]);
  });
});
