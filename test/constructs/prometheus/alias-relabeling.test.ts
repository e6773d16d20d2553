import { aliasRelabeling } from '../../../constructs/prometheus/alias-relabeling';
import { applicationPods } from '../../../constructs/prometheus/application-jobs';
import { staticTargets } from '../../../constructs/prometheus/address-jobs';
import { serviceTargets } from '../../../constructs/prometheus/service-jobs';
import type { MetricAlias } from '../../../content/metric-aliases';
import { relabel } from './relabel';

const histogram: MetricAlias = {
  name: 'rag_query_latency_seconds',
  canonical: 'rag_query_duration_seconds',
  suffixes: ['_bucket', '_sum', '_count'],
};
const counter: MetricAlias = {
  name: 'rag_total_cost_usd',
  canonical: 'rag_cost_dollars_total',
  suffixes: [''],
};
const summary: MetricAlias = { name: 'old', canonical: 'new_seconds', suffixes: ['', '_sum', '_count'] };
const aliases = [histogram, counter, summary];

describe('aliasRelabeling', () => {
  const renamed = (name: string) => relabel(aliasRelabeling(aliases), { __name__: name })?.['__name__'];

  it.each([
    ['rag_query_latency_seconds_bucket', 'rag_query_duration_seconds_bucket'],
    ['rag_query_latency_seconds_sum', 'rag_query_duration_seconds_sum'],
    ['rag_query_latency_seconds_count', 'rag_query_duration_seconds_count'],
    ['rag_total_cost_usd', 'rag_cost_dollars_total'],
    ['old', 'new_seconds'],
    ['old_sum', 'new_seconds_sum'],
  ])('renames %s to %s', (before, after) => {
    expect(renamed(before)).toBe(after);
  });

  it.each([
    'rag_query_latency_seconds',
    'rag_query_latency_seconds_created',
    'rag_total_cost_usd_total',
    'my_rag_total_cost_usd',
    'old_bucket',
    'rag_query_duration_seconds_bucket',
  ])('leaves %s as it is', (name) => {
    expect(renamed(name)).toBe(name);
  });

  it('keeps the other labels', () => {
    const sample = { __name__: 'rag_query_latency_seconds_bucket', le: '0.5', operation: 'query' };
    expect(relabel(aliasRelabeling(aliases), sample)).toEqual({
      ...sample,
      __name__: 'rag_query_duration_seconds_bucket',
    });
  });
});

describe('jobs of the application', () => {
  const application = { name: 'rag-api', metricsPort: 8000 };
  const cidrs = ['10.0.0.0/8'];
  const service = {
    job: 'svc',
    namespaces: ['prod'],
    matchLabels: { app: 'x' },
    port: 'http',
    targetPort: 1,
  };

  it.each([
    ['pods', applicationPods({ application, namespaces: ['prod'], aliases })],
    ['static targets', staticTargets({ job: 'host', targets: ['a:1'], cidrs }, { aliases })],
    ['Services', serviceTargets(service, { allowedNamespaces: ['prod'], aliases })],
  ])('rename samples of %s and still drop those with an unbounded label', (_kind, { config }) => {
    const sample = { __name__: 'rag_total_cost_usd', model: 'm' };
    expect(relabel(config.metric_relabel_configs, sample)).toEqual({
      __name__: 'rag_cost_dollars_total',
      model: 'm',
    });
    expect(relabel(config.metric_relabel_configs, { ...sample, user_id: '7' })).toBeUndefined();
  });
});
