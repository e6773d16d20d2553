import { parse } from 'yaml';
import type { RuleDocument } from '../../content/rules';
import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { eventually, getJson } from '../support/eventually';
import {
  adaptPrometheus,
  evaluatedGroups,
  loadedGroups,
  startPrometheus,
  type PrometheusHere,
} from '../support/prometheus-here';
import {
  ENVIRONMENTS,
  modelOf,
  renderedFolder,
  replaced,
  ruleFilesOf,
  type RenderedFolder,
} from '../support/rendered';

/** What each environment says it keeps, as Prometheus says it back. */
const RETENTION: Readonly<Record<string, string>> = {
  local: '30d or 4GiB',
  dev: '30d or 16GiB',
  staging: '30d or 16GiB',
  prod: '30d or 40GiB',
};

/** Rules that the rendered files hold. */
function ruleCount(folder: RenderedFolder): number {
  return ruleFilesOf(folder.environment)
    .flatMap((name) => (parse(folder.read(name)) as RuleDocument).groups)
    .reduce((sum, { rules }) => sum + rules.length, 0);
}

jest.setTimeout(60_000);

const title = `the rendered files in ${engineTitle('prometheus', IMAGES.prometheus)}`;

describeWithEngines(['prometheus'], title, ({ prometheus: command }) => {
  let folder: RenderedFolder;
  let prometheus: PrometheusHere | undefined;

  const start = async (environment: string): Promise<PrometheusHere> => {
    folder = renderedFolder(environment);
    adaptPrometheus(folder);
    prometheus = await startPrometheus(command, folder);
    return prometheus;
  };

  afterEach(async () => {
    await prometheus?.stop();
    prometheus = undefined;
    folder.remove();
  });

  it.each(ENVIRONMENTS)(
    'is ready, evaluates every rule without error, keeps what is said: %s',
    async (name) => {
      const running = await start(name);
      const rules = (await evaluatedGroups(running)).flatMap((group) => group.rules);

      expect(rules).toHaveLength(ruleCount(folder));
      expect(rules.filter(({ health, lastError }) => health !== 'ok' || lastError !== undefined)).toEqual([]);
      const { data } = (await getJson(`${running.url}/api/v1/status/runtimeinfo`)) as {
        data: { storageRetention: string; reloadConfigSuccess: boolean };
      };
      expect(data).toMatchObject({ storageRetention: RETENTION[name], reloadConfigSuccess: true });
    },
  );

  it('takes up a changed threshold by itself, and keeps it when the next change is broken', async () => {
    const running = await start('prod');
    const alert = 'HighErrorRate';
    const file = ruleFilesOf('prod').find((name) => folder.read(name).includes(`alert: ${alert}`)) ?? '';
    const expressionOf = async () => {
      const rules = (await loadedGroups(running)).flatMap((group) => group.rules);
      return rules.find(({ name }) => name === alert)?.query;
    };
    const limit = `> ${String(modelOf('prod').environment.thresholds.errorRatio)}`;
    const before = await expressionOf();
    expect(before).toContain(limit);

    folder.write(file, replaced(folder.read(file), limit, '> 0.07'));
    const after = await eventually('the new threshold', expressionOf, (found) => found !== before);
    expect(after).toBe(before?.replace(limit, '> 0.07'));
    expect(await successful(running)).toBe('1');

    folder.write(file, replaced(folder.read(file), '> 0.07', '> > 0.09'));
    await eventually(
      'the failed reload',
      () => successful(running),
      (value) => value === '0',
    );
    expect(await expressionOf()).toBe(after);
  });
});

/** Value of the metric that says whether the last reload went well. */
async function successful({ url }: PrometheusHere): Promise<string | undefined> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return /^prometheus_config_last_reload_successful (\d)$/m.exec(metrics)?.[1];
}
