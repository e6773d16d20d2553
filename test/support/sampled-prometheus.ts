import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { Rule } from '../../content/rules';
import { writeOpenMetrics, type Written } from '../../tools/samples/openmetrics';
import { rulePasses } from '../../tools/samples/rule-passes';
import type { MetricSeries } from '../../tools/samples/series';
import { timesOf, type Stretch } from '../../tools/samples/times';
import { freePort, startProgram, type RunningProgram } from './programs';

/** The two programs, as full paths. */
export interface PrometheusPrograms {
  readonly prometheus: string;
  readonly promtool: string;
}

/** The block that holds everything: promtool reads its input once for each block. */
const BLOCKS = ['tsdb', 'create-blocks-from', '--max-block-duration=1458h'];

/** Prometheus' own default. */
const LOOKBACK_SECONDS = 300;

/** Samples that are written into one file, so that disk and memory hold them. */
const SAMPLES_AT_ONCE = 8_000_000;

/** Data of a Prometheus that has seen all of the contract, and run the recording rules on it. */
export class SampledPrometheus {
  private readonly folder = mkdtempSync(join(tmpdir(), 'sampled-'));
  private running: RunningProgram | undefined;
  private url = '';

  constructor(private readonly programs: PrometheusPrograms) {}

  private get data(): string {
    return join(this.folder, 'data');
  }

  /** Writes samples of every series into the storage. */
  async addSamples(metrics: readonly MetricSeries[], stretches: readonly Stretch[]): Promise<Written> {
    const file = join(this.folder, 'samples.txt');
    const times = timesOf(stretches);
    mkdirSync(this.data, { recursive: true });
    const total = { series: 0, samples: 0 };
    for (const part of parts(metrics, SAMPLES_AT_ONCE / times.length)) {
      const { series, samples } = writeOpenMetrics(file, part, times);
      await this.promtool(...BLOCKS, 'openmetrics', '-q', file, this.data);
      total.series += series;
      total.samples += samples;
    }
    rmSync(file);
    return total;
  }

  /**
   * Runs recording rules over stretches of time, each after those that it reads from, and starts Prometheus on the result.
   *
   * @param evaluationSeconds time between two evaluations
   * @param lookbackSeconds how old a sample may be that counts as the present one
   */
  async addRecorded(
    rules: readonly Rule[],
    stretches: readonly Stretch[],
    evaluationSeconds: number,
    lookbackSeconds = LOOKBACK_SECONDS,
  ): Promise<void> {
    for (const [index, pass] of rulePasses(rules).entries()) {
      const file = join(this.folder, `pass-${String(index)}.yaml`);
      const interval = `${String(evaluationSeconds)}s`;
      writeFileSync(file, renderYaml({ groups: [{ name: 'pass', interval, rules: pass }] }));
      await this.restart(lookbackSeconds);
      for (const { from, to } of stretches) {
        const span = [`--start=${String(from)}`, `--end=${String(to)}`];
        await this.promtool(
          ...BLOCKS,
          'rules',
          `--url=${this.url}`,
          ...span,
          `--output-dir=${this.data}`,
          file,
        );
      }
    }
    await this.restart();
  }

  /** The JSON below `data` of an endpoint of the API, such as `query`. */
  async ask(endpoint: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
    const body = new URLSearchParams(parameters);
    const answer = await fetch(`${this.url}/api/v1/${endpoint}`, { method: 'POST', body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${JSON.stringify(parameters)}: ${text}`);
    return (JSON.parse(text) as { readonly data: unknown }).data;
  }

  /** The values of a label among series that a selector finds. */
  async labelValues(label: string, selector: string, from: number, to: number): Promise<readonly string[]> {
    const parameters = new URLSearchParams({ 'match[]': selector, start: String(from), end: String(to) });
    const answer = await fetch(`${this.url}/api/v1/label/${label}/values?${parameters.toString()}`);
    return ((await answer.json()) as { readonly data: readonly string[] }).data;
  }

  /** Stops Prometheus and removes its data. */
  async remove(): Promise<void> {
    await this.running?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Starts Prometheus on all that was written, again if it runs.
   *
   * @param lookbackSeconds how old a sample may be that counts as the present one
   */
  async restart(lookbackSeconds = LOOKBACK_SECONDS): Promise<void> {
    await this.running?.stop();
    const config = join(this.folder, 'prometheus.yml');
    writeFileSync(config, 'scrape_configs: []\n');
    const address = `127.0.0.1:${String(await freePort())}`;
    this.url = `http://${address}`;
    this.running = await startProgram({
      command: this.programs.prometheus,
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${this.data}`,
        '--storage.tsdb.retention.time=100y',
        '--query.max-samples=1000000000',
        '--query.timeout=10m',
        `--query.lookback-delta=${String(lookbackSeconds)}s`,
        // Several files for one time are compacted in the background, which would be measured too.
        '--no-storage.tsdb.allow-overlapping-compaction',
        `--web.listen-address=${address}`,
      ],
      readyUrl: `${this.url}/-/ready`,
    });
  }

  private async promtool(...args: readonly string[]): Promise<void> {
    await promisify(execFile)(this.programs.promtool, [...args], { maxBuffer: 64 * 1024 * 1024 });
  }
}

/** Series of a histogram for one label set, about. */
const HISTOGRAM_SERIES = 17;

/** Metrics in groups of so many series, about. */
function parts(metrics: readonly MetricSeries[], most: number): readonly (readonly MetricSeries[])[] {
  const groups: MetricSeries[][] = [];
  let size = Infinity;
  for (const { metric, labels } of metrics) {
    const perSet = metric.type === 'histogram' ? HISTOGRAM_SERIES : 1;
    const setsAtOnce = Math.max(1, Math.floor(most / perSet));
    for (let from = 0; from < labels.length; from += setsAtOnce) {
      const some = labels.slice(from, from + setsAtOnce);
      if (size + some.length * perSet > most) {
        groups.push([]);
        size = 0;
      }
      groups.at(-1)?.push({ metric, labels: some });
      size += some.length * perSet;
    }
  }
  return groups;
}
