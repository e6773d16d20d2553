import type { MetricContract } from '../../content/metric-contract';
import { burnFactor, errorBudget, isAlive, plain, SLO_DAYS, wantedTiers } from '../../content/slo-file';
import type { ContentFacts } from '../facts';
import { fileStart, findingAt, type Finding } from '../finding';
import type { Scope } from '../metrics/scope';
import type { ParsedPromql } from '../promql/parse';
import { indicatorFindings } from './indicators';
import type { SloView } from './slo-view';

/** What an SLO is held against. */
export interface SloSurroundings {
  readonly scope: Scope;
  readonly contracts: readonly MetricContract[];
  readonly parse: (text: string) => ParsedPromql;
  readonly retentionDays: ContentFacts['retentionDays'];
}

/** Everything that is wrong in SLOs that fit the schema. */
export function sloFindings(views: readonly SloView[], surroundings: SloSurroundings): Finding[] {
  return [
    ...views.flatMap(nameFindings),
    ...views.flatMap(deadTiers),
    ...views.flatMap((view) => indicatorFindings(view, surroundings)),
    ...(views.length > 0 ? retentionFindings(surroundings.retentionDays ?? {}) : []),
  ];
}

/** `slos/name`: an SLO that is not called like its file; the file's name is unique, and so are the rules' names. */
function nameFindings({ file, slo, at }: SloView): Finding[] {
  const expected = file.replace(/^slos\//, '').replace(/\.yaml$/, '');
  if (slo.name === expected) return [];
  const message = `the SLO is called "${slo.name}", its file ${expected}.yaml`;
  return [findingAt(file, at(['name']), { rule: 'slos/name', message, hint: `write name: ${expected}` })];
}

/** `slos/dead-tier`: a condition that could never be met, and is left out. */
function deadTiers({ file, slo, at }: SloView): Finding[] {
  return wantedTiers(slo)
    .filter((tier) => !isAlive(tier, slo))
    .map((tier) => {
      const [factor, budget] = [burnFactor(tier), errorBudget(slo)];
      const product = String(plain(factor * budget));
      return findingAt(file, at(['objective']), {
        rule: 'slos/dead-tier',
        severity: 'warning',
        message: `${String(factor)} times the error budget of ${String(budget)} is ${product}, and a share is at most 1: there is no ${tier.severity} alert over ${tier.long} and ${tier.short}`,
        hint: `an objective above ${String(plain(1 - 1 / factor))} has it; else leave it at the slower ones`,
      });
    });
}

/** `slos/retention`: an environment that forgets sooner than the SLO looks back. */
function retentionFindings(retentionDays: Readonly<Record<string, number>>): Finding[] {
  return Object.entries(retentionDays)
    .filter(([, days]) => days < SLO_DAYS)
    .map(([name, days]) =>
      findingAt(`environments/${name}.ts`, fileStart, {
        rule: 'slos/retention',
        message: `${name} keeps samples for ${String(days)} days; SLOs look back ${String(SLO_DAYS)} days`,
        hint: `set prometheus.retentionDays to ${String(SLO_DAYS)}; the size of the volume still limits what is kept`,
      }),
    );
}
