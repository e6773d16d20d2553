import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { prod } from '../../environments/prod';
import { IMAGES } from '../../stacks/versions';
import { labelValuesQueries, panelQueries } from '../../tools/samples/board-queries';
import { projectSeries, rulesOf } from '../../tools/samples/project-samples';
import { questionsOf } from '../../tools/samples/questions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { repositoryContent } from '../support/rendered';
import { SampledPrometheus } from '../support/sampled-prometheus';

/** The last two hours, and an hour of the day before for what is held against yesterday. */
const END = Date.UTC(2026, 0, 15, 14) / 1000;
const HOUR = 3600;
const STRETCHES = [
  { from: END - 25 * HOUR, to: END - 24 * HOUR, step: 60 },
  { from: END - 2 * HOUR, to: END, step: 60 },
];

/** With a sample a minute a rate needs more than Grafana's minimum of four scrapes. */
const TIMES = { rateInterval: '5m', interval: '1m', rangeSeconds: 2 * HOUR };

const exceptionsSchema = z.strictObject({
  panels: z.array(
    z.strictObject({ board: z.string(), panel: z.string(), refId: z.string(), because: z.string() }),
  ),
  alerts: z.array(z.strictObject({ alert: z.string(), question: z.string(), because: z.string() })),
});

const exceptions = exceptionsSchema.parse(
  parse(readFileSync(join(__dirname, 'panel-data-exceptions.yaml'), 'utf8')),
);

jest.setTimeout(300_000);

const title = `samples of the contract and the rules of prod in ${engineTitle('prometheus', IMAGES.prometheus)}`;

describeWithEngines(['prometheus', 'promtool'], title, (programs) => {
  const content = repositoryContent();
  const rules = rulesOf(content, prod);
  let prometheus: SampledPrometheus;

  beforeAll(async () => {
    prometheus = new SampledPrometheus(programs);
    await prometheus.addSamples(projectSeries(content, prod, 2, 2), STRETCHES);
    const recording = rules.map(({ rule }) => rule).filter(({ record }) => record !== undefined);
    await prometheus.addRecorded(recording, STRETCHES, 60);
  });

  afterAll(async () => {
    await prometheus.remove();
  });

  /** True where some series has a number at the end, or for a stretch within the last half hour. */
  const hasData = async (query: string, instant: boolean): Promise<boolean> => {
    const { result } = (await (instant
      ? prometheus.ask('query', { query, time: String(END) })
      : prometheus.ask('query_range', {
          query,
          start: String(END - HOUR / 2),
          end: String(END),
          step: '60',
        }))) as { result: readonly { value?: [number, string]; values?: readonly [number, string][] }[] };
    return result.some(({ value, values = [] }) =>
      [...values, ...(value === undefined ? [] : [value])].some(([, number]) => number !== 'NaN'),
    );
  };

  const withoutData = async (questions: readonly string[]): Promise<readonly string[]> => {
    const answers = await Promise.all(
      questions.map(async (question) => ((await hasData(question, true)) ? [] : [question])),
    );
    return answers.flat();
  };

  it('give data to every query of every panel, but for listed ones, which have it without their comparisons', async () => {
    const key = (query: { board: string; panel: string; refId: string }): string =>
      `${query.board}: ${query.panel} (${query.refId})`;
    const empty: string[] = [];
    const dead: string[] = [];
    for (const query of panelQueries(content, TIMES)) {
      if (await hasData(query.expr, query.instant)) continue;
      empty.push(key(query));
      if ((await withoutData(questionsOf(query.expr))).length > 0) dead.push(`${key(query)}: ${query.expr}`);
    }

    expect(dead).toEqual([]);
    expect(empty.sort()).toEqual(exceptions.panels.map(key).sort());
  });

  it('give values to every variable of a board', async () => {
    const queries = labelValuesQueries(content, TIMES);
    const empty: string[] = [];
    for (const { board, variable, selector, label } of queries) {
      const values = await prometheus.labelValues(label, selector, END - HOUR, END);
      if (values.length === 0) empty.push(`${board}: ${variable}`);
    }

    expect(queries.length).toBeGreaterThan(0);
    expect(empty).toEqual([]);
  });

  it('give data to what every alert compares, and to both halves of what it joins', async () => {
    const empty: { alert: string; question: string }[] = [];
    for (const { rule } of rules) {
      if (rule.alert === undefined) continue;
      for (const question of await withoutData(questionsOf(rule.expr))) {
        empty.push({ alert: rule.alert, question });
      }
    }

    expect(empty).toEqual(exceptions.alerts.map(({ alert, question }) => ({ alert, question })));
  });

  it('give a value to every recorded series', async () => {
    const names = new Set(rules.flatMap(({ rule }) => rule.record ?? []));

    expect(await withoutData([...names])).toEqual([]);
  });
});
