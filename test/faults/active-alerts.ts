import { parse } from 'yaml';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { RuleDocument } from '../../content/rules';
import { getJson } from '../support/eventually';
import type { PrometheusHere } from '../support/prometheus-here';
import { ruleFilesOf, type RenderedFolder } from '../support/rendered';

/** An alert as /api/v1/alerts shows it. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAt: string;
}

/** The alerts that are pending or firing. */
export async function activeAlerts({ url }: PrometheusHere): Promise<readonly ActiveAlert[]> {
  const answer = (await getJson(`${url}/api/v1/alerts`)) as {
    data: { alerts: readonly ActiveAlert[] };
  };
  return answer.data.alerts;
}

/** The rule files as they are rendered, evaluated each second: `for` and the rest stay as they are. */
export function rulesEachSecond(folder: RenderedFolder, texts: ReadonlyMap<string, string>): void {
  for (const [name, text] of texts) {
    const { groups } = parse(text) as RuleDocument;
    folder.write(name, renderYaml({ groups: groups.map((group) => ({ ...group, interval: '1s' })) }));
  }
}

/** The rule files of a folder. */
export function ruleTexts(folder: RenderedFolder): ReadonlyMap<string, string> {
  return new Map(ruleFilesOf(folder.environment).map((name) => [name, folder.read(name)]));
}

/** `for` of each alerting rule, in seconds, by alert. */
export function waitingSeconds(texts: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  return new Map(
    [...texts.values()]
      .flatMap((text) => (parse(text) as RuleDocument).groups)
      .flatMap(({ rules }) => rules)
      .flatMap((rule): [string, number][] =>
        'alert' in rule && typeof rule.alert === 'string' ? [[rule.alert, seconds(rule.for)]] : [],
      ),
  );
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

function seconds(duration = '0s'): number {
  const [, number = '0', unit = 's'] = /^(\d+)([smh])$/.exec(duration) ?? [];
  return Number(number) * (SECONDS[unit] ?? NaN);
}
