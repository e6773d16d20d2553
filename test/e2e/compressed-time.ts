import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { Thresholds } from '../../environments/environment';

/**
 * The one place that shortens time: each duration of rules, scrapes, evaluations and routes is divided by one factor,
 * so that an hour of monitoring passes in minutes. Nothing else of an expression changes: numbers, and rates for each
 * second, mean what they mean in production.
 */

/** Keys of prometheus.yml, of rule groups and rules, and of routes that hold a duration of monitoring. */
const DURATION_KEYS: ReadonlySet<string> = new Set([
  'scrape_interval',
  'evaluation_interval',
  'interval',
  'query_offset',
  'for',
  'keep_firing_for',
  'resolve_timeout',
  'group_wait',
  'group_interval',
  'repeat_interval',
]);

/** Files that hold such durations, below the folder of `npm run render`. */
const FILES = /^(?:prometheus\/(?:prometheus\.yml|rules\/.+\.yaml)|alertmanager\/alertmanager\.yml)$/;

/** Numbers of an environment that are compared with the age of something that waits as long as it is let. */
const AGES = [
  'uploadQueueAgeWarningSeconds',
  'uploadQueueAgeCriticalSeconds',
] as const satisfies readonly (keyof Thresholds)[];

/** Grammar nodes that are durations: of ranges, of subqueries and their steps, and of offsets. */
const DURATION_NODE = 'NumberDurationLiteralInDurationContext';

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Files of a stack with every duration divided; other files stay as they are. */
export function compressedFiles(
  files: ReadonlyMap<string, string>,
  factor: number,
): ReadonlyMap<string, string> {
  return new Map(
    [...files].map(([name, text]) => [
      name,
      FILES.test(name) ? renderYaml(compressed(parse(text), factor) as object) : text,
    ]),
  );
}

/** Thresholds with ages divided: a job of the queue grows old in real time. */
export function compressedThresholds(thresholds: Thresholds, factor: number): Thresholds {
  return { ...thresholds, ...Object.fromEntries(AGES.map((name) => [name, thresholds[name] / factor])) };
}

/** An expression with every duration divided. */
export function compressedExpression(expression: string, factor: number): string {
  const places: { readonly from: number; readonly to: number }[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to }) => {
      if (name === DURATION_NODE) places.push({ from, to });
    },
  });
  return places.reduceRight(
    (text, { from, to }) =>
      text.slice(0, from) + compressedDuration(text.slice(from, to), factor) + text.slice(to),
    expression,
  );
}

/**
 * A duration divided by the factor, in whole milliseconds and at least one unless it is 0.
 *
 * @throws Error if the text is no duration of Prometheus
 */
export function compressedDuration(text: string, factor: number): string {
  const milliseconds = millisecondsOf(text) / factor;
  return milliseconds === 0 ? '0s' : `${String(Math.max(1, Math.round(milliseconds)))}ms`;
}

/** Milliseconds of a duration such as `1h30m`. */
export function millisecondsOf(text: string): number {
  if (text === '0') return 0;
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(text)) throw new Error(`"${text}" is no duration such as 5m`);
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (MILLISECONDS[unit ?? ''] ?? NaN),
    0,
  );
}

/** A target answers no faster than in production: it gets all the time that there is until the next scrape. */
function timeout(scraping: object): object {
  if (!('scrape_timeout' in scraping && 'scrape_interval' in scraping)) return scraping;
  return { ...scraping, scrape_timeout: scraping.scrape_interval };
}

function compressed(value: unknown, factor: number): unknown {
  if (Array.isArray(value)) return value.map((item) => compressed(item, factor));
  if (typeof value !== 'object' || value === null) return value;
  return timeout(
    Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => {
        if (typeof item !== 'string') return [key, compressed(item, factor)];
        if (DURATION_KEYS.has(key)) return [key, compressedDuration(item, factor)];
        return [key, key === 'expr' ? compressedExpression(item, factor) : item];
      }),
    ),
  );
}
