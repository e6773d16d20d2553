import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SAME_CONDITION } from '../../../constructs/alertmanager/alert-routing';

/** What promtool expects of an alert. */
interface AlertTest {
  readonly alertname: string;
  readonly exp_alerts?: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
}

interface TestFile {
  readonly tests: readonly { readonly alert_rule_test?: readonly AlertTest[] }[];
}

const FOLDER = join(__dirname, '../../../alert-rules/tests');

/** Labels of each alert that the unit tests saw fire, by alert. */
function seenLabels(): Map<string, Readonly<Record<string, string>>[]> {
  const seen = new Map<string, Readonly<Record<string, string>>[]>();
  for (const name of readdirSync(FOLDER)) {
    const file = parse(readFileSync(join(FOLDER, name), 'utf8')) as Partial<TestFile>;
    const cases = file.tests?.flatMap(({ alert_rule_test: alerts = [] }) => alerts) ?? [];
    for (const { alertname, exp_alerts: alerts = [] } of cases) {
      seen.set(alertname, [...(seen.get(alertname) ?? []), ...alerts.map(({ exp_labels }) => exp_labels)]);
    }
  }
  return seen;
}

const tiered = [...seenLabels()].filter(
  ([, labels]) => new Set(labels.map(({ severity }) => severity)).size > 1,
);

describe('inhibition', () => {
  it('knows alerts in tiers', () => {
    expect(tiered.length).toBeGreaterThan(10);
  });

  it.each(tiered)('of %s keeps the ticket of one thing while the page of another fires', (_, labels) => {
    // The severity is what the tiers differ in; the team is the same for an alert.
    const telling = new Set(
      labels.flatMap((all) => Object.keys(all).filter((label) => label !== 'severity' && label !== 'team')),
    );

    expect([...telling].filter((label) => !SAME_CONDITION.includes(label))).toEqual([]);
  });
});
