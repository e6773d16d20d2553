import Table from 'cli-table3';
import { join } from 'node:path';
import { walk } from '../../check/promql/ast';
import { parsePromql } from '../../check/promql/parse';
import { readContent } from '../../content/content';
import { seriesNames } from '../../content/metric-contract';
import type { Rule } from '../../content/rules';
import { enginesBin, enginesHome } from '../../engines/cache';
import { prod } from '../../environments/prod';
import { SampledPrometheus } from '../../test/support/sampled-prometheus';
import { panelQueries, type PanelQuery } from '../samples/board-queries';
import { forCoarseSamples } from '../samples/coarse';
import { RawWriter } from '../samples/on-raw-series';
import { projectSeries, rulesOf, type RuleHere } from '../samples/project-samples';
import type { MetricSeries } from '../samples/series';

const DAY = 86_400;

/** How much is measured on. */
export interface QueryBenchOptions {
  /** Pods of the application, over all its services. */
  readonly pods: number;
  readonly days: number;
  /** Seconds between two samples of the past; a scrape is every 15 seconds, which would be hours of making. */
  readonly stepSeconds: number;
}

/** What Prometheus says that an answer cost. */
interface Cost {
  readonly samples: number;
  readonly peak: number;
  readonly milliseconds: number;
}

/** Seconds of the last minutes, which have a sample for each scrape, so that rules are measured as they run. */
const RECENT = { seconds: 600, step: 15 };

/** Any moment; the last sample. */
const END = Date.UTC(2026, 0, 15, 14) / 1000;

/** Prints what the rules and the heaviest query of each board read, on samples of the contract. */
export async function benchQueries(root: string, options: QueryBenchOptions): Promise<void> {
  const content = readContent(root);
  const rules = rulesOf(content, prod);
  const { days, stepSeconds, pods } = options;
  const times = { rateInterval: '5m', interval: `${String(stepSeconds)}s`, rangeSeconds: days * DAY };
  const panels = panelQueries(content, times).map((query) => ({
    ...query,
    expr: forCoarseSamples(query.expr, stepSeconds),
  }));
  const all = projectSeries(content, prod, Math.round(pods / prod.applications.length), Math.ceil(pods / 20));
  const series = readBy(all, [...rules.map(({ rule }) => rule.expr), ...panels.map(({ expr }) => expr)]);
  const bin = enginesBin(enginesHome(process.env));
  const prometheus = new SampledPrometheus({
    prometheus: join(bin, 'prometheus'),
    promtool: join(bin, 'promtool'),
  });
  try {
    await fill(prometheus, series, rules, options);
    process.stdout.write(await ruleTable(prometheus, rules));
    await prometheus.restart(stepSeconds);
    process.stdout.write(await panelTable(prometheus, panels, rules, options));
  } finally {
    await prometheus.remove();
  }
}

async function fill(
  prometheus: SampledPrometheus,
  series: readonly MetricSeries[],
  rules: readonly RuleHere[],
  { days, stepSeconds, pods }: QueryBenchOptions,
): Promise<void> {
  const past = { from: END - days * DAY, to: END - stepSeconds, step: stepSeconds };
  const recent = { from: END - RECENT.seconds, to: END, step: RECENT.step };
  const { series: count, samples } = await prometheus.addSamples(series, [past, recent]);
  process.stdout.write(
    `${String(pods)} pods of the application: ${grouped(count)} series, ${grouped(samples)} samples: ` +
      `${String(days)} days at a step of ${String(stepSeconds / 60)} minutes, and ${String(RECENT.seconds / 60)} minutes ` +
      `at ${String(RECENT.step)} s. In the past, windows below four steps are four steps.\n`,
  );
  const recording = rules.map(({ rule }) => rule).filter(({ record }) => record !== undefined);
  const coarse = recording.map((rule) => ({ ...rule, expr: forCoarseSamples(rule.expr, stepSeconds) }));
  await prometheus.addRecorded(coarse, [past], stepSeconds, stepSeconds);
  await prometheus.addRecorded(recording, [{ ...recent, from: END - RECENT.seconds / 2 }], 60);
}

/** Only the metrics that some expression reads. */
function readBy(all: readonly MetricSeries[], expressions: readonly string[]): readonly MetricSeries[] {
  const read = new Set<string>();
  for (const { expr } of expressions.map(parsePromql)) {
    if (expr === undefined) continue;
    walk(expr, (node) => {
      if (node.kind === 'selector') read.add(node.metric?.name ?? '');
    });
  }
  return all.filter(({ metric }) => seriesNames(metric).some((name) => read.has(name)));
}

async function ruleTable(prometheus: SampledPrometheus, rules: readonly RuleHere[]): Promise<string> {
  const table = newTable([
    'rule file',
    'rules',
    'samples read',
    'peak',
    'ms',
    'heaviest rule',
    'its samples',
  ]);
  const files = [...new Set(rules.map(({ file }) => file))];
  const sums: Cost[] = [];
  for (const file of files) {
    const own = rules.filter((rule) => rule.file === file);
    const costs: (Cost & { readonly rule: Rule })[] = [];
    for (const { rule } of own) costs.push({ rule, ...(await costOf(prometheus, rule.expr)) });
    const [heaviest] = [...costs].sort((a, b) => b.samples - a.samples);
    const total = sum(costs);
    sums.push(total);
    const name = heaviest?.rule.alert ?? heaviest?.rule.record ?? '';
    table.push([file, String(own.length), ...cells(total), name, grouped(heaviest?.samples ?? 0)]);
  }
  table.push(['all', String(rules.length), ...cells(sum(sums)), '', '']);
  return `One evaluation of each rule:\n${table.toString()}\n`;
}

async function panelTable(
  prometheus: SampledPrometheus,
  panels: readonly PanelQuery[],
  rules: readonly RuleHere[],
  { days, stepSeconds }: QueryBenchOptions,
): Promise<string> {
  const recording = rules.map(({ rule }) => ({ ...rule, expr: forCoarseSamples(rule.expr, stepSeconds) }));
  const writer = new RawWriter(recording, stepSeconds);
  const columns = ['samples read', 'peak', 'ms'];
  const table = newTable([
    'board',
    'heaviest query',
    ...columns,
    ...columns.map((name) => `raw: ${name}`),
    'ratio',
  ]);
  const span = { start: END - days * DAY, end: END - stepSeconds, step: stepSeconds };
  for (const board of new Set(panels.map((panel) => panel.board))) {
    let heaviest: { readonly query: PanelQuery; readonly cost: Cost } | undefined;
    for (const query of panels.filter((panel) => panel.board === board)) {
      const cost = await costOf(prometheus, query.expr, query.instant ? undefined : span);
      if (heaviest === undefined || cost.samples > heaviest.cost.samples) heaviest = { query, cost };
    }
    if (heaviest === undefined) continue;
    const { query, cost } = heaviest;
    const raw = writer.readsRecorded(query.expr)
      ? await costOf(prometheus, writer.written(query.expr), query.instant ? undefined : span)
      : cost;
    const name = `${query.panel} (${query.refId})`;
    table.push([board, name, ...cells(cost), ...cells(raw), (raw.samples / cost.samples).toFixed(1)]);
  }
  return `The heaviest query of each board over ${String(days)} days, and the same on raw series:\n${table.toString()}\n`;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

async function costOf(prometheus: SampledPrometheus, query: string, span?: Span): Promise<Cost> {
  const parameters = { query, stats: 'all' };
  const { stats } = (await (span === undefined
    ? prometheus.ask('query', { ...parameters, time: String(END) })
    : prometheus.ask('query_range', {
        ...parameters,
        start: String(span.start),
        end: String(span.end),
        step: String(span.step),
      }))) as {
    readonly stats: {
      readonly samples: { readonly totalQueryableSamples: number; readonly peakSamples: number };
      readonly timings: { readonly execTotalTime: number };
    };
  };
  const { totalQueryableSamples: samples, peakSamples: peak } = stats.samples;
  return { samples, peak, milliseconds: stats.timings.execTotalTime * 1000 };
}

function sum(costs: readonly Cost[]): Cost {
  return {
    samples: costs.reduce((total, { samples }) => total + samples, 0),
    peak: Math.max(0, ...costs.map(({ peak }) => peak)),
    milliseconds: costs.reduce((total, { milliseconds }) => total + milliseconds, 0),
  };
}

function cells({ samples, peak, milliseconds }: Cost): string[] {
  return [grouped(samples), grouped(peak), milliseconds.toFixed(1)];
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function newTable(head: string[]) {
  return new Table({ head, style: { head: [], border: [] } });
}
