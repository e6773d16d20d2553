import { renderPrometheusConfig } from '../../../constructs/prometheus/prometheus-config';
import { componentJob } from '../../../constructs/prometheus/component-jobs';
import { selectorLabels } from '../../../constructs/kubernetes/labels';
import { aComponent } from '../../support/component';
import { aPod, relabel } from './relabel';

const alertmanager = aComponent({
  name: 'alertmanager',
  ports: [
    { name: 'http', number: 9093 },
    { name: 'cluster', number: 9094 },
  ],
  metrics: { port: 'http' },
});
const job = componentJob([alertmanager], 'alertmanager');
const options = {
  jobs: [job],
  alertmanager,
  externalLabels: { cluster: 'rag-prod', environment: 'prod' },
  settings: { volume: { sizeGiB: 20, storageClass: 'gp3' }, retentionDays: 30 },
};

describe('renderPrometheusConfig', () => {
  const config = renderPrometheusConfig(options);

  it('scrapes and evaluates each 15 seconds by default', () => {
    expect(config.global).toMatchObject({
      scrape_interval: '15s',
      scrape_timeout: '10s',
      evaluation_interval: '15s',
    });
  });

  it('takes the interval of the environment and waits no longer than it', () => {
    const settings = { ...options.settings, scrapeIntervalSeconds: 5 };
    expect(renderPrometheusConfig({ ...options, settings }).global).toMatchObject({
      scrape_interval: '5s',
      scrape_timeout: '5s',
      evaluation_interval: '5s',
    });
  });

  it('refuses an interval that makes no sense', () => {
    const settings = { ...options.settings, scrapeIntervalSeconds: 0 };
    expect(() => renderPrometheusConfig({ ...options, settings })).toThrow(
      'prometheus.scrapeIntervalSeconds: a scrape interval of 0 seconds',
    );
  });

  it('lets in names that queries can name without quotes only', () => {
    expect(config.global.metric_name_validation_scheme).toBe('legacy');
  });

  it('has the limits of targets as series, which the alert on them reads', () => {
    expect(config.global.extra_scrape_metrics).toBe(true);
  });

  it('tells its series and alerts from those of others', () => {
    expect(config.global.external_labels).toEqual({ cluster: 'rag-prod', environment: 'prod' });
  });

  it('keeps Prometheus from reading a dollar sign as a variable', () => {
    const { global } = renderPrometheusConfig({ ...options, externalLabels: { cluster: 'a$b' } });
    expect(global.external_labels).toEqual({ cluster: 'a$$b' });
  });

  it('writes retention and exemplars into the file, where they can be changed without a restart', () => {
    expect(config.storage).toEqual({
      tsdb: { retention: { time: '30d', size: '16GB' } },
      exemplars: { max_exemplars: 100_000 },
    });
  });

  it('reads every rule file of the rules directory', () => {
    expect(config.rule_files).toEqual(['/etc/prometheus/rules/*.yaml']);
  });

  it('writes the jobs in their order', () => {
    expect(config.scrape_configs).toEqual([job.config]);
  });

  it('sends alerts to each running Alertmanager pod, at its API', () => {
    const [discovery] = config.alerting.alertmanagers;
    const pod = (labels: Record<string, string>) =>
      relabel(
        discovery?.relabel_configs,
        aPod({
          __meta_kubernetes_pod_label_app_kubernetes_io_name:
            selectorLabels(alertmanager)['app.kubernetes.io/name'] ?? '',
          ...labels,
        }),
      );
    expect(discovery?.kubernetes_sd_configs).toEqual([
      { role: 'pod', namespaces: { names: ['monitoring'] } },
    ]);
    expect(pod({})).toMatchObject({ __address__: '10.0.0.7:8080' });
    expect(pod({ __meta_kubernetes_pod_container_port_name: 'cluster' })).toBeUndefined();
    expect(pod({ __meta_kubernetes_pod_label_app_kubernetes_io_name: 'grafana' })).toBeUndefined();
    expect(pod({ __meta_kubernetes_pod_phase: 'Pending' })).toBeUndefined();
  });

  it('refuses an Alertmanager whose API port is unknown', () => {
    expect(() => renderPrometheusConfig({ ...options, alertmanager: aComponent({ name: 'am' }) })).toThrow(
      'am names no port of its API: it has no metrics',
    );
  });

  it('refuses two jobs of one name', () => {
    expect(() => renderPrometheusConfig({ ...options, jobs: [job, job] })).toThrow(
      'two jobs named "alertmanager"',
    );
  });
});
