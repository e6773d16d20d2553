import type { GrafanaComponentOptions } from '../../../constructs/grafana/grafana-component';
import type { GrafanaAws } from '../../../constructs/grafana/grafana-datasources';
import type { GrafanaSettings } from '../../../environments/environment';

/** The AWS side as Grafana queries it. */
export const AWS: GrafanaAws = {
  region: 'ap-southeast-2',
  logGroup: {
    name: '/aws/eks/llmops-rag',
    arn: 'arn:aws:logs:ap-southeast-2:111122223333:log-group:/aws/eks/llmops-rag',
  },
  metricNamespaces: ['RAG/Application'],
};

/** Plugins at two versions. */
export const PLUGINS = { 'grafana-x-ray-datasource': '2.0.0', 'grafana-clock-panel': '3.0.0' };

/** Two folders with a board each. */
export const FOLDERS = [
  { folder: 'cost', title: 'Cost', files: [{ name: 'llm-cost.json', content: '{"uid":"llm-cost"}' }] },
  { folder: 'rag', title: 'RAG', files: [{ name: 'rag.json', content: '{"uid":"rag"}' }] },
];

function queried(name: string, number: number) {
  return { component: { name, namespace: 'monitoring', ports: [{ name: 'http', number }] }, port: 'http' };
}

/** What the data sources point at, without AWS. */
export const DATA_SOURCES = {
  prometheus: queried('prometheus', 9090),
  alertmanager: queried('alertmanager', 9093),
  jaeger: queried('jaeger', 16686),
  scrapeIntervalSeconds: 15,
  grafanaUrl: 'https://grafana.example.org/',
};

/** Grafana with nothing chosen. */
export function someSettings(overrides: Partial<GrafanaSettings> = {}): GrafanaSettings {
  return {
    resources: { cpuMillicores: 100, memoryMiB: 256 },
    adminPassword: { name: 'grafana-admin', key: 'password' },
    exposure: { kind: 'cluster' },
    ...overrides,
  };
}

/** A PostgreSQL database. */
export const POSTGRES = {
  kind: 'postgres',
  host: 'db.example.org',
  database: 'grafana',
  user: 'grafana',
  password: { name: 'grafana-db', key: 'password' },
  secretKey: { name: 'grafana-secret-key', key: 'key' },
  cidrs: ['10.2.0.0/24'],
} as const;

/** An Ingress with TLS. */
export const INGRESS = {
  kind: 'ingress',
  host: 'grafana.example.org',
  ingressClass: 'nginx',
  tlsSecret: 'grafana-tls',
  controllerNamespace: 'ingress-nginx',
} as const;

/** Everything that a component is made of. */
export function someOptions(
  settings: Partial<GrafanaSettings> = {},
  overrides: Partial<GrafanaComponentOptions> = {},
): GrafanaComponentOptions {
  return {
    namespace: 'monitoring',
    settings: someSettings(settings),
    network: { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.0.1/32'] },
    url: 'https://grafana.example.org',
    dataSources: DATA_SOURCES,
    folders: FOLDERS,
    plugins: PLUGINS,
    where: 'prod.grafana',
    ...overrides,
  };
}
