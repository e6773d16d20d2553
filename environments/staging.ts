import { account, applications, runbooks, stateBucket, tags, teamReceivers, thresholds } from './common';
import type { Environment } from './environment';

/** Production's shape at a smaller size, so that what breaks there breaks here first. */
export const staging: Environment = {
  name: 'staging',
  cluster: { kind: 'eks', name: 'llmops-rag-staging' },
  aws: {
    ...account,
    subscriptions: [{ protocol: 'email', endpoint: 'rag-team@example.org' }],
    monthlyBudgetDollars: 300,
  },
  state: { kind: 's3', bucket: stateBucket },
  namespaces: {
    monitoring: 'monitoring-staging',
    agents: 'monitoring-staging-agents',
    application: ['staging'],
  },
  network: { nodeCidrs: ['10.20.0.0/16'], apiServerCidrs: ['10.20.0.0/16'] },
  applications,
  scrape: { probes: ['https://staging.rag.example.org/health'] },
  prometheus: {
    volume: { sizeGiB: 20, storageClass: 'gp3' },
    retentionDays: 30,
    resources: { cpuMillicores: 250, memoryMiB: 1536, memoryLimitMiB: 3072 },
  },
  alertmanager: {
    replicas: 2,
    volume: { sizeGiB: 1, storageClass: 'gp3' },
    resources: { cpuMillicores: 10, memoryMiB: 64, memoryLimitMiB: 128 },
    receivers: teamReceivers,
  },
  grafana: {
    resources: { cpuMillicores: 100, memoryMiB: 256, memoryLimitMiB: 512 },
    adminPassword: { name: 'grafana-admin', key: 'password' },
    exposure: { kind: 'internal-load-balancer', sourceRanges: ['10.0.0.0/8'] },
  },
  logs: { retentionDays: 14, resources: { cpuMillicores: 50, memoryMiB: 128, memoryLimitMiB: 256 } },
  jaeger: {
    storage: { kind: 'badger', volume: { sizeGiB: 10, storageClass: 'gp3' }, retentionDays: 3 },
    resources: { cpuMillicores: 200, memoryMiB: 512, memoryLimitMiB: 1024 },
  },
  collector: { replicas: 2, resources: { cpuMillicores: 100, memoryMiB: 256, memoryLimitMiB: 512 } },
  xray: { resources: { cpuMillicores: 20, memoryMiB: 64, memoryLimitMiB: 128 } },
  thresholds: { ...thresholds, dailyBudgetDollars: 8, dailyBurnDollars: 80, monthlyBudgetDollars: 200 },
  links: { runbooks, grafana: 'http://grafana.staging.rag.example.org:3000' },
  tags,
};
