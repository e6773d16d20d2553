import { applicationPods } from '../../../constructs/prometheus/application-jobs';
import { apiServerTargets, cAdvisor, kubelet } from '../../../constructs/prometheus/kubernetes-jobs';
import { prometheusPermissions } from '../../../constructs/prometheus/prometheus-permissions';

const network = { nodeCidrs: ['10.0.0.0/16'], apiServerCidrs: ['10.0.1.0/24'] };
const pods = applicationPods({
  application: { name: 'rag-api', metricsPort: 1 },
  namespaces: ['prod', 'dev'],
});
const discoverPods = { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] };

describe('prometheusPermissions', () => {
  it('reads nodes and their metrics for the kubelet jobs, never through a proxy', () => {
    expect(
      prometheusPermissions([kubelet({ network }), cAdvisor({ network })], 'monitoring').cluster,
    ).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    ]);
  });

  it('reads the metrics of API servers, and what lies behind the Service kubernetes', () => {
    const { cluster, namespaced } = prometheusPermissions([apiServerTargets(network)], 'monitoring');
    expect(cluster).toEqual([{ nonResourceUrls: ['/metrics'], verbs: ['get'] }]);
    expect(namespaced?.find(({ namespace }) => namespace === 'default')?.rules).toEqual([
      discoverPods,
      { apiGroups: [''], resources: ['services'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ]);
  });

  it('discovers pods in the namespaces of its jobs and of Alertmanager, and nowhere else', () => {
    expect(prometheusPermissions([pods], 'monitoring')).toEqual({
      cluster: [],
      namespaced: ['dev', 'monitoring', 'prod'].map((namespace) => ({ namespace, rules: [discoverPods] })),
    });
  });
});
