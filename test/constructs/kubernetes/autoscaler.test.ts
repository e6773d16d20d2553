import { Autoscaler, type AutoscalerProps } from '../../../constructs/kubernetes/autoscaler';
import { aStack, resourcesOf } from '../../support/synth';

const settings = { deployment: 'rag-api', namespace: 'prod', minReplicas: 2, maxReplicas: 10 };

function synth(changes: Partial<AutoscalerProps> = {}): Record<string, unknown>[] {
  const stack = aStack();
  new Autoscaler(stack, 'Autoscaler', { settings, cpuUtilisationRatio: 0.8, ...changes });
  return resourcesOf(stack, 'kubernetes_horizontal_pod_autoscaler_v2');
}

describe('Autoscaler', () => {
  it('scales the named Deployment on CPU as a share of its requests', () => {
    expect(synth()[0]).toMatchObject({
      metadata: { name: 'rag-api', namespace: 'prod' },
      spec: {
        scale_target_ref: { api_version: 'apps/v1', kind: 'Deployment', name: 'rag-api' },
        min_replicas: 2,
        max_replicas: 10,
        metric: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', average_utilization: 80 } },
          },
        ],
      },
    });
  });

  it('waits five minutes before it takes a pod away', () => {
    expect(synth()[0]).toMatchObject({
      spec: { behavior: { scale_down: [{ stabilization_window_seconds: 300 }] } },
    });
  });

  it('rounds a ratio to whole per cent', () => {
    expect(synth({ cpuUtilisationRatio: 0.575 })[0]).toMatchObject({
      spec: { metric: [{ resource: { target: { average_utilization: 57 } } }] },
    });
  });

  it.each([
    [0, 3],
    [3, 2],
    [1.5, 2],
  ])('refuses %p to %p replicas', (minReplicas, maxReplicas) => {
    expect(() => synth({ settings: { ...settings, minReplicas, maxReplicas } })).toThrow(
      `autoscaling: minReplicas ${String(minReplicas)}, maxReplicas ${String(maxReplicas)}; allowed: whole numbers, 1 <= minReplicas <= maxReplicas; mend: use 2 and 10`,
    );
  });

  it.each([0, 80, Number.NaN])('refuses a target of %p', (cpuUtilisationRatio) => {
    expect(() => synth({ cpuUtilisationRatio })).toThrow(
      `thresholds.cpuUtilisationRatio: ${String(cpuUtilisationRatio)}; allowed: a ratio from 0.01 to 1; mend: write 0.8 for 80 %`,
    );
  });
});
