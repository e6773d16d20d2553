/**
 * Every image and chart version of the stack, and the one place to change them. After a bump run `npm run golden` and
 * `npm run test:engines`. AWS and Kubernetes providers are pinned by the prebuilt bindings in package.json.
 */
export const IMAGES = {
  prometheus: 'quay.io/prometheus/prometheus:v3.14.0',
  alertmanager: 'quay.io/prometheus/alertmanager:v0.34.2',
  grafana: 'docker.io/grafana/grafana:13.2.0',
  fluentBit: 'cr.fluentbit.io/fluent/fluent-bit:5.1.1',
  jaeger: 'docker.io/jaegertracing/jaeger:2.19.0',
  xrayDaemon: 'public.ecr.aws/xray/aws-xray-daemon:3.6.6',
  otelCollector: 'docker.io/otel/opentelemetry-collector-contrib:0.158.0',
  blackboxExporter: 'quay.io/prometheus/blackbox-exporter:v0.28.0',
  postgresExporter: 'quay.io/prometheuscommunity/postgres-exporter:v0.20.1',
  cloudWatchAgent: 'public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300066.0',
} as const;

/** Helm charts, by chart name. */
export const CHARTS = {
  repository: 'https://prometheus-community.github.io/helm-charts',
  nodeExporter: { chart: 'prometheus-node-exporter', version: '4.56.1' },
  kubeStateMetrics: { chart: 'kube-state-metrics', version: '8.4.0' },
} as const;

/** Grafana plugins that are not core: pinned, because Grafana fetches whatever is newest otherwise. */
export const GRAFANA_PLUGINS = {
  'grafana-x-ray-datasource': '2.17.1',
  'grafana-clock-panel': '3.2.5',
} as const;
