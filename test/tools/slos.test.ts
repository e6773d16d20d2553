import { join } from 'node:path';
import { readContent } from '../../content/content';
import { liveTiers } from '../../constructs/prometheus/slo-rules';
import type { Slo } from '../../content/slo-file';
import type { FileTree } from '../../tools/files';
import { sloFiles } from '../../tools/slos/slo-output';
import { presentSloFiles, wantedSloFiles } from '../../tools/slos';

const repository = join(__dirname, '..', '..');

describe('npm run slos', () => {
  let wanted: FileTree;

  beforeAll(async () => {
    wanted = await wantedSloFiles(repository);
  }, 60_000);

  it('changes nothing: the rules and tests of SLOs are as they would be written', () => {
    expect(presentSloFiles(repository)).toEqual(wanted);
  });

  it('writes rules and tests for each SLO, and tests of pages where there are any', () => {
    const names = readContent(repository).slos.map(({ path }) => path.replace(/^slos\/|\.yaml$/g, ''));
    const paging = ['rag-availability', 'rag-latency'];

    expect([...wanted.keys()].sort()).toEqual(
      names
        .flatMap((name) => [
          `alert-rules/slo/${name}.yaml`,
          ...['', '-data', '-days', '-hours', '-month', ...(paging.includes(name) ? ['-pages'] : [])].map(
            (part) => `alert-rules/tests/slo-${name}${part}.yaml`,
          ),
        ])
        .sort(),
    );
  });
});

describe('sloFiles', () => {
  const slo: Slo = {
    name: 'answers',
    title: 'Answers come',
    description: 'Share of questions with an answer.',
    kind: 'availability',
    team: 'rag',
    service: 'rag-api',
    objective: 0.99,
    window: '30d',
    sli: { bad: 'questions_total{kind="hard", status="error"}', total: 'questions_total{kind="hard"}' },
    minimumBadEvents: 5,
    problem: 'Questions get no answer',
  };
  const environment = { name: 'prod', links: { runbooks: 'https://books', grafana: 'https://boards' } };

  it.each([0.7, 0.9, 0.935, 0.999, 0.99999])(
    'finds a test for each alert at an objective of %d',
    async (objective) => {
      const files = await sloFiles([{ ...slo, objective }], environment, 110);
      const tests = [...files].filter(([path]) => path.includes('/tests/')).map(([, text]) => text);

      expect(tests.join('').match(/ times the budget, a /g)).toHaveLength(
        liveTiers({ ...slo, objective }).length,
      );
    },
  );

  it('gives the pods bad and other events that differ in nothing but what makes them bad', async () => {
    const tests = (await sloFiles([slo], environment, 110)).get('alert-rules/tests/slo-answers.yaml');

    expect(tests).toContain('questions_total{namespace="prod", pod="a", kind="hard", status="error"}');
    expect(tests).toContain('questions_total{namespace="prod", pod="b", kind="hard", status="other"}');
  });

  it('refuses an indicator that no input can be made from', async () => {
    const sli = { bad: 'questions_total{status=~"5.."}', total: 'questions_total' };

    await expect(sloFiles([{ ...slo, sli }], environment, 110)).rejects.toThrow(
      '"questions_total{status=~"5.."}" is no selector with plain values; allowed: name{label="value"}',
    );
  });
});
