import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad, type RunningLoad } from '../../examples/rag-api/load/run-load';
import { scenarioOf, type ExpectedAlert, type Scenario } from '../../examples/rag-api/load/scenarios';
import { firingAlerts, inhibitedTiers, raisedAlerts, tierOf, tierOfLabels, type RaisedAlert } from './alerts';
import { placesOf } from './expected-places';
import { emptyQueries, filledBy, nameOf, serviceQueries } from './panels';
import type { Message } from './receivers';
import { FACTOR, startE2eStack, type E2eStack, type Engines } from './stack';
import { usualSeries, type UsualSeries } from './usual-day';
import { WATCHED_HOURS } from './watched-hours';

/** What a scenario did. */
export interface ScenarioResult {
  readonly scenario: Scenario;
  /** When its faults were switched on, as `Date.now()` says it. */
  readonly startedAt: number;
  /** Every alert that fired from the start of the stack to its end. */
  readonly raised: readonly RaisedAlert[];
  /** Summary and runbook of each tier that fired. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Tiers that Alertmanager kept back while the scenario went on. */
  readonly inhibited: readonly string[];
  /** Panels on trouble of this kind that had no number while it went on. */
  readonly emptyPanels: readonly string[];
  /** Everything that arrived at receivers. */
  readonly messages: readonly Message[];
  /** Tiers that fired when waiting for the end of all alerts was over. */
  readonly left: readonly string[];
}

/** Questions a second: enough that a compressed window of 5 minutes has some fifty. */
const RATE = 5;

/** Milliseconds in which the means of an hour come to tell of usual load and nothing else. */
const USUAL_DAY_MS = 130_000;

/** Milliseconds of usual load before a scenario, so that it comes upon a service at work. */
const BEFORE_MS = 20_000;

/** Milliseconds that a scenario goes on after the last alert that is expected: 10 minutes of production. */
const AFTERWARDS_MS = 20_000;

/** Milliseconds that a scenario without alerts goes on: an hour and a half of production. */
const QUIET_MS = 180_000;

/** Milliseconds that alerts may take to be told. */
const PATIENCE_MS = 300_000;

/** Milliseconds that alerts may take to end: what they look back at, and then as long as they go on by themselves. */
const END_PATIENCE_MS = PATIENCE_MS + (WATCHED_HOURS * 3_600_000) / FACTOR;

const POLL_MS = 500;

/** Hours of production that tiers go on for once their cause is gone, as their rules look back so far. */
export const OUTLASTING_HOURS: Readonly<Record<string, number>> = {
  'DailyCostBudgetExceeded (critical)': 24,
  'LowUserSatisfaction (warning)': 24,
  'MonthlyCostBurn (warning)': 24,
  'NegativeFeedback (warning)': 6,
  'RagAvailabilityBudgetBurn (warning)': 6,
  'RagCostBudgetBurn (warning)': 6,
  'RagQualityBudgetBurn (warning)': 6,
};

/** Runs usual load for an hour of compressed time on a stack of its own, and reads what a day of it leaves. */
export async function measureUsualDay(engines: Engines): Promise<readonly UsualSeries[]> {
  const stack = await startE2eStack(engines);
  try {
    await during(stack, scenarioOf('normal'), 4, () => sleep(USUAL_DAY_MS));
    return await usualSeries(stack.urls.prometheus, FACTOR);
  } finally {
    await stack.stop();
  }
}

/** Runs usual load, the scenario until everything that it should raise is told, and usual load until all is over. */
export async function runScenario(stack: E2eStack, scenario: Scenario): Promise<ScenarioResult> {
  const texts = new Map<string, readonly string[]>();
  const look = async (): Promise<readonly string[]> => {
    const firing = await firingAlerts(stack);
    for (const { labels, annotations } of firing) {
      texts.set(tierOfLabels(labels), [annotations['summary'] ?? '', annotations['runbook_url'] ?? '']);
    }
    return firing.map(({ labels }) => tierOfLabels(labels));
  };
  const usual = scenarioOf('normal');
  await during(stack, usual, 1, () => sleep(BEFORE_MS));
  const startedAt = Date.now();
  let inhibited: readonly string[] = [];
  let emptyPanels: readonly string[] = [];
  await during(stack, scenario, 2, async () => {
    // Those that compare with the hours before end while the scenario goes on.
    const seen = new Set<string>();
    await until(async () => {
      for (const tier of await look()) seen.add(tier);
      return scenario.expects.every((tier) => seen.has(tierOf(tier))) && (await isTold(stack, scenario));
    }, PATIENCE_MS);
    await sleep(scenario.expects.length === 0 ? QUIET_MS : AFTERWARDS_MS);
    await look();
    inhibited = await inhibitedTiers(stack);
    const filled = filledBy(scenario.name);
    emptyPanels = await emptyQueries(
      stack,
      serviceQueries().filter((query) => filled.includes(nameOf(query))),
    );
  });
  let left: readonly string[] = [];
  await during(stack, usual, 3, () =>
    until(async () => {
      left = await look();
      return left.every((tier) => outlasts(tier)) && (await isOverTold(stack, scenario));
    }, END_PATIENCE_MS),
  );
  return {
    scenario,
    startedAt,
    raised: await raisedAlerts(stack),
    texts,
    inhibited,
    emptyPanels,
    messages: await stack.receivers.messages(),
    left,
  };
}

/** Whether a tier looks back further than anybody waits in this run. */
export function outlasts(tier: string): boolean {
  return (OUTLASTING_HOURS[tier] ?? 0) > WATCHED_HOURS;
}

/** Tiers that somebody has to be told of: a warning is kept back while its critical tier fires. */
export function toldTiers({ expects }: Scenario): readonly ExpectedAlert[] {
  return expects.filter(
    ({ alert, severity }) =>
      severity === 'critical' ||
      !expects.some((other) => other.alert === alert && other.severity === 'critical'),
  );
}

/** The first message about a tier at each place. */
export function firstMessages(
  messages: readonly Message[],
  { alert, severity }: ExpectedAlert,
  status: Message['status'] = 'firing',
): ReadonlyMap<string, Message> {
  const found = messages.filter(
    (message) => message.alert === alert && message.status === status && message.severity === severity,
  );
  return new Map(found.toReversed().map((message) => [message.place, message]));
}

async function isTold(stack: E2eStack, scenario: Scenario): Promise<boolean> {
  const messages = await stack.receivers.messages();
  return toldTiers(scenario).every((tier) => {
    const found = firstMessages(messages, tier);
    return placesOf(tier).every((place) => found.has(place));
  });
}

async function isOverTold(stack: E2eStack, scenario: Scenario): Promise<boolean> {
  const messages = await stack.receivers.messages();
  return toldTiers(scenario)
    .filter((tier) => !outlasts(tierOf(tier)))
    .every((tier) => lastStatus(messages, tier) === 'resolved');
}

/** What the webhook was last told of a tier. */
export function lastStatus(
  messages: readonly Message[],
  { alert, severity }: ExpectedAlert,
): Message['status'] | undefined {
  return messages.findLast(
    (message) => message.place === 'webhook' && message.alert === alert && message.severity === severity,
  )?.status;
}

async function during(
  { targets }: E2eStack,
  scenario: Scenario,
  seed: number,
  wait: () => Promise<void>,
): Promise<void> {
  const load: RunningLoad = await runLoad({ scenario, rate: RATE, targets, seed });
  try {
    await wait();
  } finally {
    await load.stop();
  }
}

/** Waits, but not for ever: what did not come is missed by whoever looks at the result. */
async function until(isSo: () => Promise<boolean>, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline && !(await isSo())) await sleep(POLL_MS);
}
