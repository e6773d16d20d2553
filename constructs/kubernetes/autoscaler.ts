import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Construct } from 'constructs';
import type { AutoscalingSettings } from '../../environments/environment';
import { ConfigError } from './config-error';
import { PART_OF } from './labels';

/** Seconds that load must stay low before a pod goes, so that a lull does not undo what a peak has built up. */
const SCALE_DOWN_SECONDS = 300;

/** What {@link Autoscaler} is made of. */
export interface AutoscalerProps {
  readonly settings: AutoscalingSettings;
  /** CPU in use as a share of what the pods request, 0 to 1: `thresholds.cpuUtilisationRatio`. */
  readonly cpuUtilisationRatio: number;
}

/**
 * Scales a Deployment of the application on CPU. It needs metrics-server in the cluster and CPU requests on the
 * Deployment's containers; without either it does nothing.
 */
export class Autoscaler extends Construct {
  /** @throws ConfigError if the bounds or the target make no sense */
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, id);
    const { settings, cpuUtilisationRatio } = props;
    requireBounds(settings);
    new HorizontalPodAutoscalerV2(this, 'Autoscaler', {
      metadata: {
        name: settings.deployment,
        namespace: settings.namespace,
        labels: { 'app.kubernetes.io/part-of': PART_OF, 'app.kubernetes.io/managed-by': 'terraform' },
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: settings.deployment },
        minReplicas: settings.minReplicas,
        maxReplicas: settings.maxReplicas,
        metric: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: percentage(cpuUtilisationRatio) },
            },
          },
        ],
        behavior: {
          scaleDown: [
            {
              stabilizationWindowSeconds: SCALE_DOWN_SECONDS,
              selectPolicy: 'Max',
              policy: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
            },
          ],
        },
      },
    });
  }
}

function requireBounds({ minReplicas, maxReplicas }: AutoscalingSettings): void {
  if (
    Number.isInteger(minReplicas) &&
    Number.isInteger(maxReplicas) &&
    minReplicas >= 1 &&
    maxReplicas >= minReplicas
  ) {
    return;
  }
  throw new ConfigError({
    where: 'autoscaling',
    found: `minReplicas ${String(minReplicas)}, maxReplicas ${String(maxReplicas)}`,
    allowed: 'whole numbers, 1 <= minReplicas <= maxReplicas',
    mend: 'use 2 and 10',
  });
}

function percentage(ratio: number): number {
  const percent = Math.round(ratio * 100);
  if (percent >= 1 && percent <= 100) return percent;
  throw new ConfigError({
    where: 'thresholds.cpuUtilisationRatio',
    found: String(ratio),
    allowed: 'a ratio from 0.01 to 1',
    mend: 'write 0.8 for 80 %',
  });
}
