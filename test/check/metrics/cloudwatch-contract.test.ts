import { checkContent } from '../../../check/check-content';
import { contentOf, contract, dashboard, facts } from '../../support/content';

const CLOUDWATCH = `
producer: cloudwatch
metrics:
  - namespace: RAG/Logs
    perEnvironment: true
    name: LoggedErrors
    publisher: a metric filter
    unit: lines
    help: Errors in the logs.
    dimensions: [[], [Service]]
    statistics: [Sum]
    confirmed: { by: documentation, source: a test }
`;

const GOOD = {
  refId: 'A',
  namespace: 'RAG/Logs',
  metricName: 'LoggedErrors',
  statistic: 'Sum',
  dimensions: {},
};

/** Findings of a board with one panel that asks CloudWatch. */
function asked(target: object, cloudWatch = CLOUDWATCH) {
  const panel = { datasource: { type: 'cloudwatch', uid: 'cloudwatch' }, targets: [{ ...GOOD, ...target }] };
  const content = contentOf({
    'metrics/rag-api.yaml': contract,
    'metrics/cloudwatch.yaml': cloudWatch,
    'dashboards/aws/logs.json': dashboard({}, panel),
  });
  const datasourceUids = { ...facts.datasourceUids, cloudwatch: 'cloudwatch' };
  return checkContent(content, { ...facts, datasourceUids }).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

describe('a panel that asks CloudWatch', () => {
  it.each([
    ['a metric of the contract', {}],
    ["an environment's own namespace", { namespace: 'RAG/Logs-dev' }],
    ['another set of dimensions', { dimensions: { Service: ['rag-api'] } }],
    ['what a variable names', { namespace: '${namespace}', metricName: 'Whatever' }],
    ['the logs', { namespace: undefined, metricName: undefined, queryMode: 'Logs' }],
  ])('may ask for %s', (_what, target) => {
    expect(asked(target)).toEqual([]);
  });

  it.each([
    [
      'a metric that nobody publishes',
      { metricName: 'Errors' },
      'CloudWatch has no metric "Errors" in "RAG/Logs"; known are RAG/Logs LoggedErrors',
    ],
    [
      'a namespace that only begins alike',
      { namespace: 'RAG/LogsOld' },
      'CloudWatch has no metric "LoggedErrors" in "RAG/LogsOld"; known are RAG/Logs LoggedErrors',
    ],
    [
      'dimensions that make it another metric',
      { dimensions: { Pod: ['a'] } },
      '"LoggedErrors" is asked for with the dimensions Pod, which is another metric; allowed: none; Service',
    ],
    [
      'a statistic that means nothing',
      { statistic: 'Average' },
      '"LoggedErrors" is asked for its Average; allowed: Sum',
    ],
  ])('may not ask for %s', (_what, target, message) => {
    expect(asked(target)).toEqual([`dashboards/cloudwatch-metric: ${message}`]);
  });
});

describe('the contract of CloudWatch', () => {
  it('has a shape of its own, and is no contract of Prometheus', () => {
    expect(asked({}, CLOUDWATCH.replace('publisher:', 'publishers:'))).toEqual([
      expect.stringContaining('metrics/schema: metrics.0.publisher: ') as string,
      'metrics/schema: the field "publishers" is not known in metrics.0',
    ]);
  });

  it('is told where it is no YAML', () => {
    expect(asked({}, 'producer: [')).toEqual([expect.stringMatching(/^content\/well-formed: /) as string]);
  });
});
