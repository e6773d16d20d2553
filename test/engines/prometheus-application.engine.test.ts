import { IMAGES } from '../../stacks/versions';
import { engineTitle } from '../support/engine-title';
import { describeWithEngines } from '../support/engines';
import { eventually } from '../support/eventually';
import { startHttpSink, type HttpSink } from '../support/http-sink';
import {
  adaptPrometheus,
  startPrometheus,
  type PrometheusHere,
  type Sample,
} from '../support/prometheus-here';
import { renderedFolder, type RenderedFolder } from '../support/rendered';

jest.setTimeout(60_000);

/** What the application's pod looks like to discovery, as far as the job `rag-api` reads it. */
const POD = {
  __meta_kubernetes_namespace: 'dev',
  __meta_kubernetes_pod_name: 'rag-api-0',
  __meta_kubernetes_pod_node_name: 'node-a',
  __meta_kubernetes_pod_label_app: 'rag-api',
  __meta_kubernetes_pod_phase: 'Running',
  __meta_kubernetes_pod_ip: '127.0.0.1',
};

/** An application that has kept old names, and labels some samples with whom they are about. */
const METRICS = `# TYPE rag_query_latency_seconds histogram
rag_query_latency_seconds_bucket{operation="query",le="0.5"} 12
rag_query_latency_seconds_bucket{operation="query",le="+Inf"} 20
rag_query_latency_seconds_sum{operation="query"} 15.3
rag_query_latency_seconds_count{operation="query"} 20
# TYPE rag_total_cost_usd counter
rag_total_cost_usd_total{model="large"} 7.5
# TYPE rag_rate_limit_remaining gauge
rag_rate_limit_remaining 95
# TYPE rag_queries_total counter
rag_queries_total{status="success",user_id="17"} 3
rag_queries_total{status="success",user_id="18"} 4
rag_queries_total{status="success",domain="default"} 2
`;

const title = `an application with old names, scraped by local's files in ${engineTitle('prometheus', IMAGES.prometheus)}`;

describeWithEngines(['prometheus'], title, ({ prometheus: command }) => {
  let folder: RenderedFolder;
  let application: HttpSink;
  let prometheus: PrometheusHere;

  beforeAll(async () => {
    folder = renderedFolder('local');
    application = await startHttpSink(() => METRICS);
    adaptPrometheus(folder, {
      jobs: { 'rag-api': [{ address: '127.0.0.1', labels: POD }] },
      applicationPort: application.port,
    });
    prometheus = await startPrometheus(command, folder);
  });

  afterAll(async () => {
    await Promise.all([prometheus, application].map((program) => program.stop()));
    folder.remove();
  });

  const found = (expression: string): Promise<readonly Sample[]> =>
    eventually(
      expression,
      () => prometheus.query(expression),
      (samples) => samples.length > 0,
    );
  const values = async (expression: string) => (await found(expression)).map(({ value }) => value[1]);

  it.each([
    ['rag_query_duration_seconds_bucket{le="0.5"}', '12'],
    ['rag_query_duration_seconds_sum', '15.3'],
    ['rag_query_duration_seconds_count', '20'],
    ['rag_cost_dollars_total{model="large"}', '7.5'],
    ['rag_llm_rate_limit_remaining_requests', '95'],
  ])('has %s', async (expression, value) => {
    expect(await values(expression)).toEqual([value]);
  });

  it('has nothing under the old names', async () => {
    await found('rag_query_duration_seconds_count');

    expect(
      await prometheus.query('{__name__=~"rag_query_latency.*|rag_total_cost.*|rag_rate_limit.*"}'),
    ).toEqual([]);
  });

  it('keeps whole what carries no id, drops whole what does, and says how much by an alert', async () => {
    expect(
      (await found('rag_queries_total')).map(({ metric, value }) => [metric['domain'], value[1]]),
    ).toEqual([['default', '2']]);
    expect(await values('ALERTS{alertname="UnboundedLabelDropped",alertstate="firing"}')).toEqual(['1']);
    expect(
      await values('scrape_samples_scraped{job="rag-api"} - scrape_samples_post_metric_relabeling'),
    ).toEqual(['2']);
  });
});
