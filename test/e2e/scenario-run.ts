import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad, type RunningLoad } from '../../examples/rag-api/load/run-load';
import { scenarioOf, type ExpectedAlert, type Scenario } from '../../examples/rag-api/load/scenarios';
import { firingAlerts, inhibitedTiers, raisedAlerts, tierOf, tierOfLabels, type RaisedAlert } from './alerts';
import { placesOf } from './expected-places';
import { emptyQueries, filledBy, nameOf, serviceQueries } from './panels';
import type { Message } from './receivers';
import type { E2eStack } from './stack';

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

/** Milliseconds of usual load before a scenario, so that it comes upon a service at work. */
const BEFORE_MS = 20_000;

/** Milliseconds that a scenario goes on after the last alert that is expected: 10 minutes of production. */
const AFTERWARDS_MS = 20_000;

/** Milliseconds that a scenario without alerts goes on: an hour and a half of production. */
const QUIET_MS = 180_000;

/** Milliseconds that alerts may take to be told, and to end. */
const PATIENCE_MS = 300_000;

const POLL_MS = 500;

/**
 * Tiers that go on for longer than anybody waits here once their cause is gone, as their rules look back so far: 6 hours
 * are 12 minutes of compressed time.
 */
export const OUTLASTING: Readonly<Record<string, string>> = {
  'DailyCostBudgetExceeded (critical)': '1 day',
  'LowUserSatisfaction (warning)': '1 day',
  'MonthlyCostBurn (warning)': '1 day',
  'NegativeFeedback (warning)': '6 hours',
  'RagAvailabilityBudgetBurn (warning)': '6 hours',
  'RagCostBudgetBurn (warning)': '6 hours',
  'RagQualityBudgetBurn (warning)': '6 hours',
};

/** Tiers that a scenario raises on a stack that has neither a kubelet nor a day of history. */
export function expectedHere({ expects }: Scenario): readonly ExpectedAlert[] {
  return expects.filter(({ needs }) => needs === undefined);
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
    await until(async () => {
      const firing = await look();
      return (
        expectedHere(scenario).every((tier) => firing.includes(tierOf(tier))) &&
        (await isTold(stack, scenario))
      );
    });
    await sleep(expectedHere(scenario).length === 0 ? QUIET_MS : AFTERWARDS_MS);
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
    }),
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

/** Whether an alert is one that nobody waits for here. */
export function outlasts(tier: string): boolean {
  return Object.hasOwn(OUTLASTING, tier);
}

/** Tiers that somebody has to be told of: a warning is kept back while its critical tier fires. */
export function toldTiers(scenario: Scenario): readonly ExpectedAlert[] {
  const expected = expectedHere(scenario);
  return expected.filter(
    ({ alert, severity }) =>
      severity === 'critical' ||
      !expected.some((other) => other.alert === alert && other.severity === 'critical'),
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
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline && !(await isSo())) await sleep(POLL_MS);
}
