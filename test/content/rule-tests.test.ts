import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { arrayOf, objectOf, textOf } from '../../content/json-value';
import { readContent } from '../../content/content';

const repository = join(__dirname, '..', '..');
const folder = join(repository, 'alert-rules', 'tests');

function rulesWith(key: 'alert' | 'record'): string[] {
  return readContent(repository)
    .rules.flatMap(({ document }) => arrayOf(objectOf(document.value)['groups']))
    .flatMap((group) => arrayOf(objectOf(group)['rules']))
    .flatMap((rule) => textOf(objectOf(rule)[key]) ?? []);
}

const tests = readdirSync(folder)
  .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as unknown)
  .flatMap((document) => arrayOf(objectOf(document)['tests']));
const alertCases = tests.flatMap((test) => arrayOf(objectOf(test)['alert_rule_test'])).map(objectOf);
const expressions = tests
  .flatMap((test) => arrayOf(objectOf(test)['promql_expr_test']))
  .map((test) => textOf(objectOf(test)['expr']) ?? '');

describe('alert-rules/tests', () => {
  it.each(rulesWith('alert'))('has a case in which %s fires and one in which it stays silent', (name) => {
    const expected = alertCases
      .filter(({ alertname }) => alertname === name)
      .map((test) => arrayOf(test['exp_alerts']).length > 0);

    expect([...new Set(expected)].sort()).toEqual([false, true]);
  });

  it.each(rulesWith('record'))('holds %s, or an alert on it, against a value', (name) => {
    const alertsOnIt = readContent(repository).rules.filter(({ text }) => text.includes(`expr: ${name} >`));

    expect(expressions.some((expr) => expr.includes(name)) || alertsOnIt.length > 0).toBe(true);
  });
});
