import type { Metric, MetricContract } from '../../content/metric-contract';
import { entitiesOf } from './entities';
import { isPossible, labelValues } from './label-values';
import { targetsWith, type Target } from './targets';
import type { Labels, World } from './world';

/** All label sets of one metric of the contract. */
export interface MetricSeries {
  readonly metric: Metric;
  readonly labels: readonly Labels[];
}

/** Label sets that a metric has for one entity and target; the rest of a product of many labels says nothing new. */
const MOST = 24;

/** What Prometheus itself writes for each alert; it has no target. */
const ALERTS = 'ALERTS';

/** The same for the time at which each alert began. */
const ALERTS_SINCE = 'ALERTS_FOR_STATE';

/**
 * Every series of the contract in a world: of each metric, for each target of its job, for each thing that it tells of,
 * each combination of the values of its other labels.
 *
 * @param alerts labels of the alerts that are pending and firing, all the time
 */
export function seriesOf(
  contracts: readonly MetricContract[],
  world: World,
  alerts: readonly Labels[] = [],
): readonly MetricSeries[] {
  return contracts.flatMap((contract) => {
    const targets = targetsWith(contract, contracts, world);
    const { metrics } = contract;
    const setsOf = (metric: Metric): readonly Labels[] => {
      if (metric.name === ALERTS_SINCE) return alerts;
      return metric.name === ALERTS ? states(alerts) : labelSets(metric, targets, world);
    };
    return metrics.map((metric) => ({ metric, labels: setsOf(metric) }));
  });
}

function labelSets(metric: Metric, targets: readonly Target[], world: World): readonly Labels[] {
  const own = new Set(Object.keys(metric.labels));
  const entities = entitiesOf(own, world);
  return targets.flatMap((target) =>
    entities
      .filter(({ node }) => target.node === undefined || node === undefined || node === target.node)
      .flatMap((entity) => {
        const known = { ...target.labels, ...entity.labels };
        return combinations(metric, entity.labels).map((values) => ({ ...known, ...values }));
      }),
  );
}

function combinations({ name, labels }: Metric, known: Labels): readonly Labels[] {
  const free = Object.entries(labels).filter(([label]) => known[label] === undefined);
  return free
    .reduce<readonly Labels[]>(
      (sets, [label, spec]) =>
        sets.flatMap((set) => labelValues(name, label, spec).map((value) => ({ ...set, [label]: value }))),
      [{}],
    )
    .filter(isPossible)
    .slice(0, MOST);
}

function states(alerts: readonly Labels[]): readonly Labels[] {
  return alerts.flatMap((labels) => ['pending', 'firing'].map((alertstate) => ({ ...labels, alertstate })));
}
