import { walk, type Matcher } from '../../check/promql/ast';
import { parsePromql } from '../../check/promql/parse';
import { plain, type Slo } from '../../content/slo-file';
import type { Stretch } from './simulation';

/** `input_series` of a promtool test. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** How an input differs from a service that goes on and exposes all it should. */
export interface InputOptions {
  /** @default - nothing follows */
  readonly end?: string;
  /** @default false */
  readonly totalOnly?: boolean;
  /** @default false */
  readonly neverBad?: boolean;
  /** @default false */
  readonly allBuckets?: boolean;
}

/** Pods that share the traffic of a namespace, so that a rule that forgets to add them up is noticed. */
const PODS = ['a', 'b'];

/** Stands in a label for any other value than the bad one. */
const OTHER = 'other';

/** The same where the label is the bound of a bucket. */
const LAST_BUCKET = '+Inf';

/**
 * The counters that an SLO reads, for one namespace. `end` is what follows the last value, such as `stale`; `totalOnly`
 * leaves out the good events, as a service whose histogram lacks the bucket; `neverBad` leaves out a counter of bad
 * events, as a service that has not had any since it started; `allBuckets` adds what the selector of good events leaves
 * out, as the last bucket of the histogram, which holds all.
 */
export function inputSeries(
  { sli }: Slo,
  namespace: string,
  stretches: readonly Stretch[],
  options: InputOptions = {},
): InputSeries[] {
  const counters = countersOf(sli, options);
  return counters.flatMap(([series, increment]) =>
    PODS.map((pod) => ({
      series: series.replace(/\{(.?)/, (_, next: string) =>
        next === '}'
          ? `{namespace="${namespace}", pod="${pod}"}`
          : `{namespace="${namespace}", pod="${pod}", ${next}`,
      ),
      values: [valuesOf(stretches, (part) => increment(part) / PODS.length), options.end]
        .filter((part) => part !== undefined)
        .join(' '),
    })),
  );
}

/** Name of an SLO that stands beside each that is tested, so that a rule that reads another one's series is noticed. */
const NEIGHBOUR = 'neighbour';

/** What is recorded for another SLO in a namespace: the value at each minute from the first to the last. */
export function neighbourSeries(
  names: readonly string[],
  namespace: string,
  value: number,
  last: number,
  first = 0,
): InputSeries[] {
  const empty = first > 0 ? `_x${String(first)} ` : '';
  return names.map((name) => ({
    series: `${name}{namespace="${namespace}", slo="${NEIGHBOUR}"}`,
    values: `${empty}${String(value)}x${String(last - first)}`,
  }));
}

/** A counter as it would be exposed, and how much a minute adds to it. */
type Counter = readonly [series: string, increment: (part: Stretch) => number];

function countersOf(sli: Slo['sli'], { totalOnly, neverBad, allBuckets }: InputOptions): readonly Counter[] {
  const good = ({ total: all, bad }: Stretch): number => all - bad;
  if ('bad' in sli) {
    const others: Counter = [withLabels(sli.bad, sli.total, true), good];
    return neverBad ? [others] : [[withLabels(sli.bad, sli.total, false), ({ bad }) => bad], others];
  }
  const total: Counter = [withLabels(sli.total, '', false), ({ total: all }) => all];
  if (totalOnly) return [total];
  const last: Counter = [withLabels(sli.good, sli.total, true), ({ total: all }) => all];
  return [[withLabels(sli.good, '', false), good], ...(allBuckets ? [last] : []), total];
}

/** `0 100+100x9 ...`: the counter's value at each minute. */
function valuesOf(stretches: readonly Stretch[], increment: (part: Stretch) => number): string {
  const parts = ['0'];
  let value = 0;
  for (const part of stretches) {
    const step = plain(increment(part));
    parts.push(`${String(plain(value + step))}+${String(step)}x${String(part.minutes - 1)}`);
    value += step * part.minutes;
  }
  return parts.join(' ');
}

/** The selector as a series. `others` changes the label that makes the difference to `total`. */
function withLabels(selector: string, total: string, others: boolean): string {
  const { name, matchers } = read(selector);
  const common = total === '' ? [] : read(total).matchers.map(({ label }) => label);
  const labels = matchers.map(({ label, value }) =>
    others && !common.includes(label)
      ? `${label}="${label === 'le' ? LAST_BUCKET : OTHER}"`
      : `${label}="${value}"`,
  );
  return `${name}{${labels.join(', ')}}`;
}

function read(selector: string): { name: string; matchers: readonly Matcher[] } {
  let found: { name: string; matchers: readonly Matcher[] } | undefined;
  const { expr } = parsePromql(selector);
  if (expr) {
    walk(expr, (node) => {
      if (node.kind === 'selector') found ??= { name: node.metric?.name ?? '', matchers: node.matchers };
    });
  }
  if (found === undefined || found.matchers.some(({ op }) => op !== '=')) {
    throw new Error(`"${selector}" is no selector with plain values; allowed: name{label="value"}`);
  }
  return found;
}
