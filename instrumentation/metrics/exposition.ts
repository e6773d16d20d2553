import type { Registry } from 'prom-client';

/** Formats in which metrics are exposed; only OpenMetrics carries exemplars. */
export type ExpositionFormat = 'text' | 'openmetrics';

/** Media types of the formats. */
export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** One metric as prom-client hands it out. */
interface Collected {
  readonly name: string;
  readonly help: string;
  /** Some versions say it by number, and their types do still. */
  readonly type: unknown;
  readonly values: readonly CollectedValue[];
}

interface CollectedValue {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  /** Name of the series, where it is not the metric's own. @default - the metric's name */
  readonly metricName?: string;
  /** @default - none */
  readonly exemplar?: {
    readonly labelSet: Readonly<Record<string, string | number>>;
    readonly value: number;
    readonly timestamp: number;
  } | null;
}

/** The format that a scraper's header `Accept` asks for. */
export function formatFor(accept: string | undefined): ExpositionFormat {
  return accept?.includes('application/openmetrics-text') === true ? 'openmetrics' : 'text';
}

/**
 * All metrics of a registry as text. prom-client's own writer changes the names of counters once OpenMetrics was asked
 * for, so that text has wrong ones from then on (15.1.3); and it writes the bound 2 as `le="2"`, which Prometheus 2
 * stores so and Prometheus 3 as `2.0`. Here it is `2.0`, in both formats and for both.
 */
export async function exposition(registry: Registry, format: ExpositionFormat): Promise<string> {
  const metrics: readonly Collected[] = await registry.getMetricsAsJSON();
  const lines = metrics.flatMap((metric) => linesOf(metric, format));
  return `${lines.join('\n')}\n${format === 'openmetrics' ? '# EOF\n' : ''}`;
}

function linesOf({ name, help, type, values }: Collected, format: ExpositionFormat): string[] {
  const isOpenMetrics = format === 'openmetrics';
  const family = isOpenMetrics && type === 'counter' ? name.replace(/_total$/, '') : name;
  return [
    `# HELP ${family} ${escaped(help, isOpenMetrics)}`,
    `# TYPE ${family} ${String(type)}`,
    ...values.map(({ metricName, labels, value, exemplar }) => {
      const sample = `${metricName ?? name}${labelText(labels)} ${numberText(value)}`;
      if (!isOpenMetrics || exemplar === undefined || exemplar === null) return sample;
      return `${sample} # ${labelText(exemplar.labelSet)} ${numberText(exemplar.value)} ${String(exemplar.timestamp)}`;
    }),
  ];
}

function labelText(labels: CollectedValue['labels']): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`${name}="${name === 'le' ? boundText(value) : escaped(String(value), true)}"`],
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function boundText(bound: string | number): string {
  return typeof bound === 'number' && Number.isInteger(bound) ? `${String(bound)}.0` : String(bound);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' };

function escaped(text: string, quotes: boolean): string {
  return text.replace(quotes ? /[\\\n"]/g : /[\\\n]/g, (character) => ESCAPES[character] ?? character);
}
