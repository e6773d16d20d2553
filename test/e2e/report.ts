import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIOS } from '../../examples/rag-api/load/scenarios';
import { tierOf, tierOfLabels } from './alerts';
import { firstMessages, OUTLASTING_HOURS, toldTiers, type ScenarioResult } from './scenario-run';
import { FACTOR } from './stack';

/** A result as it is kept for the report. */
export type KeptResult = Omit<ScenarioResult, 'texts'>;

/** Keeps a result in the folder that `E2E_RESULTS` names, if it names one. */
export function keepResult({ texts: _texts, ...result }: ScenarioResult): void {
  const folder = process.env['E2E_RESULTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.scenario.name}.json`), JSON.stringify(result));
}

/** What was kept in a folder, in the order of the scenarios. */
export function keptResults(folder: string): readonly KeptResult[] {
  const results = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as KeptResult);
  return SCENARIOS.flatMap(({ name }) => results.filter(({ scenario }) => scenario.name === name));
}

/** The report: a table of the scenarios, and one of when and where each alert was told. */
export function report(results: readonly KeptResult[]): string {
  const unexpected = results.reduce((sum, result) => sum + unexpectedOf(result).length, 0);
  const missing = results.reduce((sum, result) => sum + missingOf(result).length, 0);
  return `<!-- Made by \`npm run e2e:report\` from a run; do not edit. -->

# Scenarios from the service to the receivers

Each scenario of \`examples/rag-api/load/scenarios.ts\` has run on a stack of its own: the files of \`prod\`, the three
example services, and every receiver of \`prod\` and a webhook on loopback. Time passes ${String(FACTOR)} times faster for
monitoring (\`test/e2e/compressed-time.ts\`): each duration of rules, scrapes and routes is divided by ${String(FACTOR)}, and
nothing else of them changes. A day of usual load lies behind each of them (\`test/e2e/usual-day.ts\`).
${counted(results.length, 'scenario')}, ${counted(unexpected, 'unexpected alert')}, ${String(missing)} missing.

${table(
  ['Scenario', 'Alerts expected', 'Seen', 'Missing', 'Unexpected', 'Over when it ends'],
  results.map(scenarioRow),
)}

## When and where each alert was told

From the start of the fault to the first message, in seconds of this run; in brackets, what they stand for in production.
A warning is kept back while its critical tier fires: it is told before that, when that is over, or not at all. Whether
an alert fires is looked at each second, so that a message may seem to come a second too early.

${table(['Scenario', 'Alert', 'Fires after', 'Told after', 'Receivers'], results.flatMap(alertRows))}

${notRun(results)}`;
}

function scenarioRow(result: KeptResult): readonly string[] {
  const seen = seenTiers(result);
  return [
    result.scenario.name,
    listed(result.scenario.expects.map(tierOf)),
    String(result.scenario.expects.filter((tier) => seen.has(tierOf(tier))).length),
    listed(missingOf(result)),
    listed(unexpectedOf(result)),
    overOf(result),
  ];
}

function overOf({ left, scenario }: KeptResult): string {
  if (scenario.expects.length === 0) return '-';
  if (left.length === 0) return 'all';
  return `all but ${left
    .map((tier) => {
      const hours = OUTLASTING_HOURS[tier];
      return hours === undefined ? tier : `${tier}, which looks back ${String(hours)} hours`;
    })
    .join('; ')}`;
}

function alertRows(result: KeptResult): readonly (readonly string[])[] {
  const { scenario, raised, messages, startedAt } = result;
  const told = toldTiers(scenario);
  return scenario.expects.map((tier) => {
    const first = Math.min(
      ...raised.filter(({ labels }) => tierOfLabels(labels) === tierOf(tier)).map(({ from }) => from),
    );
    const found = [...firstMessages(messages, tier).values()];
    const isKeptBack = found.length === 0 && !told.includes(tier);
    return [
      scenario.name,
      tierOf(tier),
      after(first - startedAt),
      isKeptBack ? 'kept back' : after(Math.min(...found.map(({ at }) => at)) - startedAt),
      listed(found.map(({ place }) => place).sort()),
    ];
  });
}

function after(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return 'never';
  const minutes = ((milliseconds * FACTOR) / 60_000).toFixed(0);
  return `${(milliseconds / 1_000).toFixed(0)} s (${minutes} min)`;
}

/** Scenarios of which nothing was kept. */
function notRun(results: readonly KeptResult[]): string {
  const left = SCENARIOS.filter(({ name }) => !results.some(({ scenario }) => scenario.name === name));
  if (left.length === 0) return '';
  return `## Not run\n\n${left.map(({ name }) => `- ${name}`).join('\n')}\n`;
}

function seenTiers({ raised }: KeptResult): ReadonlySet<string> {
  return new Set(raised.map(({ labels }) => tierOfLabels(labels)));
}

function unexpectedOf(result: KeptResult): readonly string[] {
  const expected = result.scenario.expects.map(tierOf);
  return [...seenTiers(result)].filter((tier) => !expected.includes(tier)).sort();
}

function missingOf(result: KeptResult): readonly string[] {
  const seen = seenTiers(result);
  return result.scenario.expects.map(tierOf).filter((tier) => !seen.has(tier));
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

function listed(items: readonly string[]): string {
  return items.length === 0 ? '-' : items.join('<br>');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
