import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { environments } from '../../environments/index';
import { SURVIVORS } from '../../tools/mutation/unit-test';
import { describeWithEngines } from '../support/engines';
import { accepted, refused } from '../support/promql-cases';
import { promtool, repository, thresholdsOf, writeRules } from '../support/promtool';

// Each case renders all rules and evaluates hours of them.
jest.setTimeout(60_000);

const unitTests = readdirSync(join(repository, 'alert-rules', 'tests')).filter(
  (name) => name.endsWith('.yaml') && name !== SURVIVORS,
);

describeWithEngines(['promtool'], 'promtool on the rules', (engines) => {
  it.each(environments)('accepts every rule as rendered for $name', async (environment) => {
    const folder = writeRules(environment);
    try {
      expect(folder.files.length).toBeGreaterThan(0);
      await expect(
        promtool(engines.promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...folder.files]),
      ).resolves.toMatchObject({ ok: true });
    } finally {
      folder.remove();
    }
  });

  it.each(unitTests)('agrees with alert-rules/tests/%s', async (name) => {
    const wanted = thresholdsOf(join(repository, 'alert-rules', 'tests', name));
    const environment = environments.find((candidate) => candidate.name === wanted);
    if (environment === undefined)
      throw new Error(`${name}: the first line must be "# thresholds: <environment>"`);
    const folder = writeRules(environment);
    try {
      const result = await promtool(engines.promtool, ['test', 'rules', join(folder.path, 'tests', name)]);
      expect(result).toEqual({ ok: true, output: expect.stringContaining('SUCCESS') as string });
    } finally {
      folder.remove();
    }
  });

  it('takes and refuses the same expressions as the check does', async () => {
    const expressions = [...accepted, ...refused.map(([text]) => text)];
    const rules = expressions.map((expr, index) => ({ record: `case:${String(index)}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), 'promql-'));
    try {
      const file = join(folder, 'rules.yaml');
      writeFileSync(file, stringify({ groups: [{ name: 'cases', rules }] }));
      const { output } = await promtool(engines.promtool, ['check', 'rules', '--lint=none', file]);
      // The rules are numbered from one.
      const numbers = [...output.matchAll(/group "cases", rule (\d+), /g)].map(
        ([, number]) => Number(number) - 1,
      );

      expect([...new Set(numbers)].map((index) => expressions[index])).toEqual(refused.map(([text]) => text));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
