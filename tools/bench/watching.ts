import { parse } from 'yaml';
import { getJson } from '../processes/eventually';

/** Where a Prometheus and its Alertmanager answer. */
export interface Watchers {
  readonly prometheus: string;
  readonly alertmanager: string;
}

/** What decides how soon an alert is told, in seconds, as the running programs say it. */
export interface Watching {
  /** Between two scrapes of the job. */
  readonly scrape: number;
  /** Between two evaluations of the alert's group. */
  readonly evaluation: number;
  /** How long the alert's condition has to hold. */
  readonly holds: number;
  /** From the alert's arrival at Alertmanager to its notification. */
  readonly groupWait: number;
}

/** A route as alertmanager.yml has it. */
export interface WrittenRoute {
  readonly receiver?: string;
  readonly group_wait?: string;
  readonly routes?: readonly WrittenRoute[];
}

/** Alertmanager's own wait where no route says one. */
const USUAL_GROUP_WAIT = '30s';

/**
 * Asks both programs.
 *
 * @param receiver that was told of the alert
 */
export async function readWatching(
  { prometheus, alertmanager }: Watchers,
  job: string,
  alert: string,
  receiver: string,
): Promise<Watching> {
  const { data: targets } = (await getJson(`${prometheus}/api/v1/targets?state=active`)) as Targets;
  const { data: rules } = (await getJson(`${prometheus}/api/v1/rules?type=alert`)) as Rules;
  const { config } = (await getJson(`${alertmanager}/api/v2/status`)) as Status;
  const target = targets.activeTargets.find(({ labels }) => labels['job'] === job);
  const group = rules.groups.find((candidate) => candidate.rules.some(({ name }) => name === alert));
  const rule = group?.rules.find(({ name }) => name === alert);
  const { route } = parse(config.original) as { readonly route: WrittenRoute };
  return {
    scrape: seconds(target?.scrapeInterval ?? ''),
    evaluation: group?.interval ?? NaN,
    holds: rule?.duration ?? NaN,
    groupWait: seconds(groupWaitOf(route, receiver) ?? ''),
  };
}

/** What the first route to a receiver says of the wait, or has from its parents; `undefined`: no route leads there. */
export function groupWaitOf(
  route: WrittenRoute,
  receiver: string,
  inherited: { readonly receiver?: string; readonly wait: string } = { wait: USUAL_GROUP_WAIT },
): string | undefined {
  const own = { receiver: route.receiver ?? inherited.receiver, wait: route.group_wait ?? inherited.wait };
  for (const child of route.routes ?? []) {
    const found = groupWaitOf(child, receiver, own);
    if (found !== undefined) return found;
  }
  return own.receiver === receiver ? own.wait : undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Prometheus writes it, such as `1m30s`. NaN if it is none. */
export function seconds(duration: string): number {
  if (!/^(\d+(ms|s|m|h))+$/.test(duration)) return NaN;
  return [...duration.matchAll(/(\d+)(ms|s|m|h)/g)].reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count) * (UNITS[unit] ?? NaN),
    0,
  );
}

interface Targets {
  readonly data: {
    readonly activeTargets: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly scrapeInterval: string;
    }[];
  };
}

interface Rules {
  readonly data: {
    readonly groups: readonly {
      readonly interval: number;
      readonly rules: readonly { readonly name: string; readonly duration?: number }[];
    }[];
  };
}

interface Status {
  readonly config: { readonly original: string };
}
