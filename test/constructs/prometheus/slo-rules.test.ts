import { NO_DATA_ALERT, reasonOf, sloRules } from '../../../constructs/prometheus/slo-rules';
import { ruleFileSchema, type Rule } from '../../../content/rules';
import type { Slo } from '../../../content/slo-file';

const slo: Slo = {
  name: 'answers',
  title: 'Answers come',
  description: 'Share of questions with an answer.',
  kind: 'availability',
  team: 'rag',
  service: 'rag-api',
  objective: 0.999,
  window: '30d',
  sli: { bad: 'questions_total{status="error"}', total: 'questions_total' },
  minimumBadEvents: 5,
  problem: 'Questions get no answer',
};

function rulesOf(changes: Partial<Slo> = {}): Rule[] {
  return sloRules({ ...slo, ...changes }).groups.flatMap(({ rules }) => rules);
}

function expressionOf(record: string, changes: Partial<Slo> = {}): string | undefined {
  return rulesOf(changes).find((rule) => rule.record === record)?.expr;
}

function alertsOf(changes: Partial<Slo> = {}): Rule[] {
  return rulesOf(changes).filter(({ alert }) => alert?.endsWith('BudgetBurn'));
}

describe('sloRules', () => {
  it('makes a rule file as Prometheus takes it', () => {
    expect(ruleFileSchema.safeParse(sloRules(slo)).error).toBeUndefined();
  });

  it('counts no bad event as 0, not as nothing', () => {
    expect(expressionOf('slo:sli_errors:rate5m')).toBe(
      'sum by (namespace) (rate(questions_total{status="error"}[5m]))\nor on (namespace)\n0 * slo:sli_events:rate5m{slo="answers"}',
    );
  });

  it('takes the good events from all where these are counted, and never falls below 0 between two scrapes', () => {
    const sli = { good: 'seconds_bucket{le="2.0"}', total: 'seconds_count' };

    expect(expressionOf('slo:sli_errors:rate5m', { sli })?.replace(/\s+/g, ' ')).toBe(
      'clamp_min( sum by (namespace) (rate(seconds_count[5m])) - sum by (namespace) (rate(seconds_bucket{le="2.0"}[5m])), 0 )',
    );
  });

  it('reads the application over 5 minutes only: longer windows are sums of what is recorded', () => {
    const ranges = rulesOf().flatMap(({ expr }) => [...expr.matchAll(/([\w:]+)\{?[^[\]]*\}?\[(\w+)\]/g)]);

    for (const [, , range] of ranges.filter(([, name]) => name === 'questions_total'))
      expect(range).toBe('5m');
    expect(ranges.map(([, , range]) => range)).toContain('30d');
  });

  it('writes decimals as a person would', () => {
    expect(expressionOf('slo:burn_rate:ratio_rate1h')).toBe(
      'slo:sli_error:ratio_rate1h{slo="answers"} / 0.001',
    );
    expect(expressionOf('slo:objective:ratio')).toBe('vector(0.999)');
  });

  it('has one alert in two severities, each with two pairs of windows', () => {
    expect(
      alertsOf().map(({ alert, labels, expr }) => [
        alert,
        labels?.['severity'],
        [...expr.matchAll(/ratio_rate(\w+)(?:\{slo="answers"\})? > (\S+)/g)].map(([, window, factor]) => [
          window,
          factor,
        ]),
      ]),
    ).toEqual([
      [
        'AnswersBudgetBurn',
        'critical',
        [
          ['1h', '14.4'],
          ['5m', '14.4'],
          ['6h', '6'],
          ['30m', '6'],
        ],
      ],
      [
        'AnswersBudgetBurn',
        'warning',
        [
          ['1d', '3'],
          ['2h', '3'],
          ['3d', '1'],
          ['6h', '1'],
        ],
      ],
    ]);
  });

  it('names the SLO once in each pair of windows, since the windows are matched on it', () => {
    for (const { expr } of alertsOf()) {
      expect(expr.match(/ratio_rate(?:1h|6h|1d|3d)\{slo="answers"\} >/g)).toHaveLength(2);
      expect(expr.match(/slo="answers"/g)).toHaveLength(2);
    }
  });

  it('leaves out a pair that could never fire', () => {
    expect(alertsOf({ objective: 0.9 })[0]?.expr).not.toContain('14.4');
    expect(alertsOf({ objective: 0.8 }).map(({ labels }) => labels?.['severity'])).toEqual(['warning']);
  });

  it('never calls a person for money or quality', () => {
    for (const kind of ['cost', 'quality'] as const) {
      expect(alertsOf({ kind }).map(({ labels }) => labels?.['severity'])).toEqual(['warning']);
    }
  });

  it('asks for a least number of bad events in the long window of each pair', () => {
    const guards = alertsOf().flatMap(({ expr }) => [...expr.matchAll(/increase(\w+) >= (\d+)/g)]);

    expect(guards.map(([, window, count]) => [window, count])).toEqual([
      ['1h', '5'],
      ['6h', '5'],
      ['1d', '5'],
      ['3d', '5'],
    ]);
  });

  it('records every window that an alert reads', () => {
    const recorded = rulesOf().map(({ record }) => record);
    const read = rulesOf()
      .filter(({ alert }) => alert !== undefined)
      .flatMap(({ expr }) => expr.match(/slo:[\w:]+/g) ?? []);

    for (const name of read) expect(recorded).toContain(name);
  });

  it('says why each alert waits, and why a recording rule need not', () => {
    const reasons = rulesOf().map((rule) => [rule.for !== undefined, reasonOf(rule) !== undefined]);

    for (const [waits, said] of reasons) expect(said).toBe(waits);
  });

  it('says which counters may be missing where there is nothing to compute from', () => {
    const textOf = (changes: Partial<Slo>): string | undefined =>
      rulesOf(changes).find(({ alert }) => alert === NO_DATA_ALERT)?.annotations?.['description'];

    expect(textOf({})).toContain('its counters are missing');
    expect(textOf({ sli: { good: 'a_bucket{le="2.0"}', total: 'a_count' } })).toContain(
      'the bucket of its histogram',
    );
  });
});
