import { panelQueries, type PanelQuery } from '../../tools/samples/board-queries';
import { getJson } from '../support/eventually';
import { repositoryContent } from '../support/rendered';
import { compressedExpression } from './compressed-time';
import { FACTOR, type E2eStack } from './stack';

/** Boards of the application; those of the cluster, the database's server and the monitoring itself are about others. */
const BOARDS = /^dashboards\/(?:rag|cost|llm|business|services|slo)\/(?!(?:resources|system-health)\.json$)/;

/** What Grafana puts in place of its variables where it shows the last hour. */
const TIMES = { rateInterval: '1m', interval: '1m', rangeSeconds: 3_600 };

/** Seconds of monitoring's time that a panel is asked for. */
const STRETCH_SECONDS = 1_800;

/** Queries that have no number while all is well, with the scenario in which they have one. */
const IN_TROUBLE: Readonly<Record<string, string>> = {
  'dashboards/llm/providers.json: Calls that fell back (A)': 'provider-down',
  'dashboards/llm/providers.json: Fallbacks (A)': 'provider-down',
  'dashboards/slo/error-budget.json: Firing alerts on SLOs (A)': 'error-burst',
};

/** Queries that have no number here, as no fault lies so long back. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'dashboards/rag/errors.json: Now and before (B)': 'errors of an hour ago',
  'dashboards/rag/errors.json: Now and before (C)': 'errors of the day before',
};

/** Names of queries that have no number while all is well. */
export const EMPTY_IN_PEACE: readonly string[] = [
  ...Object.keys(IN_TROUBLE),
  ...Object.keys(NOT_HERE),
].sort();

/** Names of the queries that a scenario has to fill. */
export function filledBy(scenario: string): readonly string[] {
  return Object.entries(IN_TROUBLE).flatMap(([name, filler]) => (filler === scenario ? [name] : []));
}

/** Names of queries among these that have no number now. */
export async function emptyQueries(
  stack: E2eStack,
  queries: readonly PanelQuery[],
): Promise<readonly string[]> {
  const empty: string[] = [];
  for (const query of queries) if (!(await hasData(stack, query))) empty.push(nameOf(query));
  return empty.sort();
}

interface Series {
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** Every query of the boards that concern the service, with its durations in compressed time. */
export function serviceQueries(): readonly PanelQuery[] {
  return panelQueries(repositoryContent(), TIMES)
    .filter(({ board }) => BOARDS.test(board))
    .map((query) => ({ ...query, expr: compressedExpression(query.expr, FACTOR) }));
}

/** Whether a query has a number now, or had one within the last half hour of monitoring's time. */
async function hasData(stack: E2eStack, { expr, instant }: PanelQuery): Promise<boolean> {
  const now = Date.now() / 1_000;
  const times: Record<string, string> = instant
    ? { time: String(now) }
    : { start: String(now - STRETCH_SECONDS / FACTOR), end: String(now), step: String(60 / FACTOR) };
  const url = `${stack.urls.prometheus}/api/v1/${instant ? 'query' : 'query_range'}`;
  const parameters = new URLSearchParams({ query: expr, ...times });
  const { data } = (await getJson(`${url}?${parameters.toString()}`)) as {
    readonly data: { readonly result: readonly Series[] };
  };
  return data.result.some(({ value, values = [] }) =>
    [...values, ...(value === undefined ? [] : [value])].some(([, number]) => number !== 'NaN'),
  );
}

/** `dashboards/rag/main.json: Queries (A)`. */
export function nameOf({ board, panel, refId }: PanelQuery): string {
  return `${board}: ${panel} (${refId})`;
}
