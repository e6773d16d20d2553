import { join } from 'node:path';
import { RE2JS } from 're2js';
import { readContract } from '../../check/metrics/contract-findings';
import { readContent } from '../../content/content';
import { seriesNames } from '../../content/metric-contract';
import { ENVIRONMENTS, modelOf } from '../support/rendered';

const { contracts } = readContract(readContent(join(__dirname, '..', '..')));

/** Names of series that a job of an environment drops whatever their labels are. */
function droppedOf(environment: string): string[] {
  return modelOf(environment).jobs.flatMap(({ name, config }) => {
    const patterns = (config.metric_relabel_configs ?? [])
      .filter(({ action, source_labels: from }) => action === 'drop' && from?.join() === '__name__')
      .map(({ regex = '.*' }) => RE2JS.compile(`^(?:${regex})$`));
    return contracts
      .filter(({ job }) => job === name)
      .flatMap(({ metrics }) => metrics.flatMap(seriesNames))
      .filter((series) => patterns.some((pattern) => pattern.matches(series)));
  });
}

/** Labels that a job's target labels hide: the program's own come out as `exported_<name>`. */
function hiddenOf(environment: string): string[] {
  return modelOf(environment).jobs.flatMap(({ name, config, targetLabels }) =>
    config.honor_labels === true
      ? []
      : contracts
          .filter(({ job }) => job === name)
          .flatMap(({ metrics }) => metrics)
          .flatMap((metric) =>
            Object.keys(metric.labels)
              .filter((label) => targetLabels.includes(label))
              .map((label) => `${metric.name}{${label}}`),
          ),
  );
}

describe('the metric contract', () => {
  it.each(ENVIRONMENTS)('promises no label that a label of the target hides: %s', (environment) => {
    expect(hiddenOf(environment)).toEqual([]);
  });

  it.each(ENVIRONMENTS)('promises no series that its own scrape job drops: %s', (environment) => {
    expect(droppedOf(environment)).toEqual([]);
  });
});
