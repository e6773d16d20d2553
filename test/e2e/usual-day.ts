import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { writeStored } from '../../tools/samples/openmetrics';
import { timesOf } from '../../tools/samples/times';
import { getJson } from '../support/eventually';
import { millisecondsOf } from './compressed-time';

/**
 * A day of usual load before the stack was started, for the alerts that compare with the day before. It is told by the
 * recorded series that these alerts read, with the values that they had after an hour of usual load on a stack of its own.
 */

/** A recorded series, and its value through the whole day. */
export interface UsualSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const HOUR_SECONDS = 3_600;

/** A day, and the hour before it that an hour's mean of the day before begins with, and time for the scenario itself. */
const DAY_SECONDS = 27 * HOUR_SECONDS;

/** Recorded series are looked back at from an alert by an offset of at least so much; less is within the scenario. */
const LEAST_OFFSET_SECONDS = HOUR_SECONDS;

/** Seconds between two samples: a rule is evaluated every 30 seconds, and time is compressed. */
const STEP_SECONDS = 1;

interface Rules {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly { readonly type: 'alerting' | 'recording'; readonly query: string }[];
    }[];
  };
}

interface Vector {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [time: number, value: string];
    }[];
  };
}

/** A series, its matchers and its range, if any, and how far it is looked back at. */
const OFFSET = /([\w:]+)(?:\{(?:"(?:\\.|[^"\\])*"|[^"}])*\})?(?:\[[^\]]*\])?\s+offset\s+(\w+)/g;

/** Names of the series that an expression looks back at by an offset of at least `leastMs`. */
export function lookedBackAt(expression: string, leastMs: number): readonly string[] {
  return [...expression.matchAll(OFFSET)].flatMap(([, series = '', offset = '0']) =>
    millisecondsOf(offset) >= leastMs ? [series] : [],
  );
}

/** The series that alerts of a running Prometheus look back at, as they are now. */
export async function usualSeries(prometheus: string, factor: number): Promise<readonly UsualSeries[]> {
  const { data } = (await getJson(`${prometheus}/api/v1/rules?type=alert`)) as Rules;
  const queries = data.groups.flatMap(({ rules }) => rules.map(({ query }) => query));
  const least = (LEAST_OFFSET_SECONDS / factor) * 1_000;
  const names = [...new Set(queries.flatMap((query) => lookedBackAt(query, least)))].sort();
  const found = await Promise.all(names.map((name) => seriesNamed(prometheus, name)));
  return found.flat();
}

async function seriesNamed(prometheus: string, name: string): Promise<readonly UsualSeries[]> {
  const { data } = (await getJson(
    `${prometheus}/api/v1/query?${new URLSearchParams({ query: name }).toString()}`,
  )) as Vector;
  return data.result.map(({ metric: { __name__: _name, ...labels }, value: [, text] }) => ({
    name,
    labels,
    value: Number(text),
  }));
}

/**
 * Writes the day up to now into Prometheus' storage, as blocks, before Prometheus is started.
 *
 * @param factor how many times faster than in production time passes
 */
export async function layUsualDay(
  promtool: string,
  day: readonly UsualSeries[],
  storage: string,
  factor: number,
): Promise<void> {
  if (day.length === 0) return;
  const to = Math.floor(Date.now() / 1_000);
  const times = timesOf([{ from: to - DAY_SECONDS / factor, to, step: STEP_SECONDS }]);
  const file = `${storage}.txt`;
  mkdirSync(storage, { recursive: true });
  writeStored(
    file,
    day.map(({ name, labels, value }) => ({ name, labels, values: times.map(() => value) })),
    times,
  );
  await promisify(execFile)(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '-q', file, storage]);
  rmSync(file);
}
