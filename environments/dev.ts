import { account, applications, runbooks, stateBucket, tags, teamReceivers, thresholds } from './common';
import type { Environment } from './environment';

/** Where changes are tried first: small, cheap, and it pages nobody. */
export const dev: Environment = {
  name: 'dev',
  cluster: { kind: 'eks', name: 'llmops-rag-dev' },
  aws: {
    ...account,
    subscriptions: [{ protocol: 'email', endpoint: 'rag-team@example.org' }],
    monthlyBudgetDollars: 150,
  },
  state: { kind: 's3', bucket: stateBucket },
  namespaces: { monitoring: 'monitoring-dev', agents: 'monitoring-dev-agents', application: ['dev'] },
  network: { nodeCidrs: ['10.10.0.0/16'], apiServerCidrs: ['10.10.0.0/16'] },
  applications,
  scrape: {},
  prometheus: {
    volume: { sizeGiB: 20, storageClass: 'gp3' },
    retentionDays: 30,
    resources: { cpuMillicores: 200, memoryMiB: 1024, memoryLimitMiB: 2048 },
  },
  alertmanager: {
    replicas: 1,
    volume: { sizeGiB: 1, storageClass: 'gp3' },
    resources: { cpuMillicores: 10, memoryMiB: 64, memoryLimitMiB: 128 },
    receivers: teamReceivers,
  },
  grafana: {
    resources: { cpuMillicores: 100, memoryMiB: 256, memoryLimitMiB: 512 },
    adminPassword: { name: 'grafana-admin', key: 'password' },
    exposure: { kind: 'cluster' },
  },
  logs: { retentionDays: 7, resources: { cpuMillicores: 50, memoryMiB: 64, memoryLimitMiB: 256 } },
  jaeger: {
    storage: { kind: 'memory' },
    resources: { cpuMillicores: 100, memoryMiB: 512, memoryLimitMiB: 1024 },
  },
  collector: { replicas: 1, resources: { cpuMillicores: 100, memoryMiB: 256, memoryLimitMiB: 512 } },
  xray: { resources: { cpuMillicores: 20, memoryMiB: 64, memoryLimitMiB: 128 } },
  thresholds: {
    ...thresholds,
    dailyBudgetDollars: 5,
    dailyBurnDollars: 50,
    monthlyBudgetDollars: 100,
    // Trial quotas of providers begin below the number of production.
    rateLimitRemainingCount: 20,
  },
  links: { runbooks, grafana: 'http://localhost:3000' },
  tags,
};
