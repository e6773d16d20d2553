import { account, applications, runbooks, stateBucket, tags, teamReceivers, thresholds } from './common';
import type { Environment } from './environment';

/** What customers use. It keeps the plain names: rag-monitoring-alerts, rag-cost-anomaly, /aws/eks/llmops-rag. */
export const prod: Environment = {
  name: 'prod',
  cluster: { kind: 'eks', name: 'llmops-rag' },
  aws: {
    ...account,
    subscriptions: [
      { protocol: 'email', endpoint: 'rag-team@example.org' },
      { protocol: 'email', endpoint: 'on-call@example.org', severities: ['critical'] },
    ],
    monthlyBudgetDollars: 1000,
    cloudWatchAgent: true,
    cloudWatchDashboard: true,
  },
  state: { kind: 's3', bucket: stateBucket },
  namespaces: { monitoring: 'monitoring', agents: 'monitoring-agents', application: ['prod'] },
  network: { nodeCidrs: ['10.30.0.0/16'], apiServerCidrs: ['10.30.0.0/16'] },
  applications,
  scrape: { probes: ['https://rag.example.org/health'] },
  prometheus: {
    volume: { sizeGiB: 50, storageClass: 'gp3' },
    retentionDays: 30,
    resources: { cpuMillicores: 500, memoryMiB: 3072, memoryLimitMiB: 6144 },
  },
  alertmanager: {
    replicas: 2,
    volume: { sizeGiB: 2, storageClass: 'gp3' },
    resources: { cpuMillicores: 20, memoryMiB: 128, memoryLimitMiB: 256 },
    receivers: {
      ...teamReceivers,
      pagerduty: { routingKey: { name: 'alertmanager-receivers', key: 'pagerduty-routing-key' } },
      teams: [
        { team: 'database', slackChannel: '#database', emails: ['dba@example.org'] },
        { team: 'rag', slackChannel: '#rag' },
        { team: 'security', slackChannel: '#security', emails: ['security@example.org'] },
      ],
    },
  },
  grafana: {
    resources: { cpuMillicores: 200, memoryMiB: 512, memoryLimitMiB: 1024 },
    adminPassword: { name: 'grafana-admin', key: 'password' },
    exposure: {
      kind: 'ingress',
      host: 'grafana.rag.example.org',
      ingressClass: 'nginx',
      tlsSecret: 'grafana-tls',
      controllerNamespace: 'ingress-nginx',
    },
  },
  logs: { retentionDays: 30, resources: { cpuMillicores: 100, memoryMiB: 128, memoryLimitMiB: 256 } },
  jaeger: {
    storage: { kind: 'badger', volume: { sizeGiB: 50, storageClass: 'gp3' }, retentionDays: 7 },
    resources: { cpuMillicores: 500, memoryMiB: 1024, memoryLimitMiB: 2048 },
  },
  collector: { replicas: 2, resources: { cpuMillicores: 200, memoryMiB: 512, memoryLimitMiB: 1024 } },
  xray: { resources: { cpuMillicores: 50, memoryMiB: 128, memoryLimitMiB: 256 } },
  postgresExporter: {
    host: 'rag.cluster-example.ap-southeast-2.rds.amazonaws.com',
    database: 'rag',
    user: 'monitoring',
    password: { name: 'postgres-exporter', key: 'password' },
    resources: { cpuMillicores: 10, memoryMiB: 64 },
    cidrs: ['10.30.0.0/16'],
  },
  autoscaling: { deployment: 'rag-api', namespace: 'prod', minReplicas: 2, maxReplicas: 10 },
  thresholds,
  links: { runbooks, grafana: 'https://grafana.rag.example.org' },
  tags,
};
