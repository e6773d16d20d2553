import { UNBOUNDED_LABELS } from '../../constructs/prometheus/application-jobs';
import { forbiddenLabels } from '../../content/metric-contract';
import { ENVIRONMENTS, modelOf, repositoryContent } from '../support/rendered';

const rules = repositoryContent().rules.find(({ path }) => path === 'alert-rules/contract.yaml')?.text ?? '';

describe('UnboundedLabelDropped', () => {
  it.each(ENVIRONMENTS)('leaves out the jobs that drop series on purpose, and no other: %s', (name) => {
    const dropping = modelOf(name)
      .jobs.filter(({ config }) =>
        (config.metric_relabel_configs ?? []).some(
          ({ action, source_labels }) => action === 'drop' && source_labels !== UNBOUNDED_LABELS,
        ),
      )
      .map((job) => job.name);

    expect([...rules.matchAll(/job!~"([^"]*)"/g)].map(([, names = '']) => names.split('|'))).toEqual([
      dropping.sort(),
    ]);
  });

  it('speaks of every label that the guard looks for, all of which the contract refuses', () => {
    for (const label of UNBOUNDED_LABELS) {
      expect(rules).toContain(label);
      expect(forbiddenLabels).toContain(label);
    }
  });
});
