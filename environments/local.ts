import { applications, runbooks, thresholds } from './common';
import type { Environment } from './environment';

/** kind or minikube on one machine: no AWS provider, no credentials, nothing that leaves the machine. */
export const local: Environment = {
  name: 'local',
  cluster: { kind: 'kubeconfig', context: 'kind-rag' },
  state: { kind: 'local', path: 'terraform.local.tfstate' },
  namespaces: { monitoring: 'monitoring', agents: 'monitoring-agents', application: ['dev'] },
  // Defaults of kind: nodes on the Docker network, the API server on port 6443 of the control-plane node.
  network: { nodeCidrs: ['172.16.0.0/12'], apiServerCidrs: ['172.16.0.0/12'], apiServerPort: 6443 },
  applications,
  scrape: {
    // The application run on the machine itself, outside the cluster.
    static: [
      {
        job: 'rag-api-host',
        application: 'rag-api',
        targets: ['host.docker.internal:8000'],
        scheme: 'http',
        cidrs: ['172.16.0.0/12', '192.168.65.0/24'],
      },
    ],
  },
  prometheus: {
    volume: { sizeGiB: 5, storageClass: 'standard' },
    retentionDays: 30,
    resources: { cpuMillicores: 100, memoryMiB: 512, memoryLimitMiB: 1024 },
  },
  alertmanager: {
    replicas: 1,
    volume: { sizeGiB: 1, storageClass: 'standard' },
    resources: { cpuMillicores: 10, memoryMiB: 64, memoryLimitMiB: 128 },
    // A listener on the machine itself that answers each message; the README has one.
    receivers: {
      webhook: {
        url: 'http://host.docker.internal:5001/alerts',
        port: 5001,
        cidrs: ['172.16.0.0/12', '192.168.65.0/24'],
      },
    },
  },
  grafana: {
    resources: { cpuMillicores: 100, memoryMiB: 256, memoryLimitMiB: 512 },
    adminPassword: { name: 'grafana-admin', key: 'password' },
    exposure: { kind: 'cluster' },
  },
  logs: {
    retentionDays: 1,
    bufferMiB: 64,
    resources: { cpuMillicores: 20, memoryMiB: 64, memoryLimitMiB: 128 },
  },
  jaeger: {
    storage: { kind: 'memory', maxTraces: 20000 },
    resources: { cpuMillicores: 50, memoryMiB: 256, memoryLimitMiB: 512 },
  },
  collector: { replicas: 1, resources: { cpuMillicores: 50, memoryMiB: 128, memoryLimitMiB: 256 } },
  thresholds,
  links: { runbooks, grafana: 'http://localhost:3000' },
  tags: {},
};
