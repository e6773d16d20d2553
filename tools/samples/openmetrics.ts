import { closeSync, openSync, writeSync } from 'node:fs';
import type { MetricSeries } from './series';
import { storedSeries, type StoredSeries } from './values';
import type { Labels } from './world';

/** Characters that are collected before they are written. */
const CHUNK = 4_000_000;

/** What was written. */
export interface Written {
  readonly series: number;
  readonly samples: number;
}

/**
 * Writes samples of metrics of the contract as OpenMetrics text for `promtool tsdb create-blocks-from openmetrics`.
 *
 * @param times seconds since the epoch, growing
 */
export function writeOpenMetrics(
  file: string,
  metrics: readonly MetricSeries[],
  times: Float64Array,
): Written {
  return writeStored(file, storedOf(metrics, times), times);
}

/** One label set after the other: all together they may be more than memory holds. */
function* storedOf(metrics: readonly MetricSeries[], times: Float64Array): Iterable<StoredSeries> {
  for (const { metric, labels } of metrics) for (const set of labels) yield* storedSeries(metric, set, times);
}

/** Writes series with one value for each of the times, in the same way. */
export function writeStored(file: string, all: Iterable<StoredSeries>, times: Float64Array): Written {
  const out = openSync(file, 'w');
  const ends = Array.from(times, (time) => ` ${String(time)}\n`);
  let text = '';
  let series = 0;
  try {
    for (const stored of all) {
      text += lines(stored, ends);
      series += 1;
      if (text.length < CHUNK) continue;
      writeSync(out, text);
      text = '';
    }
    writeSync(out, `${text}# EOF\n`);
  } finally {
    closeSync(out);
  }
  return { series, samples: series * times.length };
}

function lines({ name, labels, values }: StoredSeries, ends: readonly string[]): string {
  const start = `${name}${labelText(labels)} `;
  let text = '';
  for (const [index, end] of ends.entries()) text += start + String(values[index] ?? 0) + end;
  return text;
}

/** Labels in braces; a label without a value is no label. */
function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  if (pairs.length === 0) return '';
  return `{${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`;
}
