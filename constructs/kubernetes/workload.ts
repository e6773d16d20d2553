import { createHash } from 'node:crypto';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { DaemonSetV1 } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PersistentVolumeClaimV1 } from '@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { VolumeSettings } from '../../environments/environment';
import type { Component } from './component';
import { componentService, type ServiceSettings } from './component-service';
import { objectLabels, selectorLabels } from './labels';
import { configMapName, DATA_VOLUME, podSpec } from './pod';
import type { ContainerSettings } from './pod-settings';
import { literalText } from './terraform-text';

/** How many pods run, and where. */
export type Controller =
  | {
      readonly kind: 'deployment';
      /** @default 1 */
      readonly replicas?: number;
      /** Disk of the one replica. @default - none */
      readonly volume?: VolumeSettings;
    }
  | { readonly kind: 'daemon-set' }
  | { readonly kind: 'stateful-set'; readonly replicas: number; readonly volume: VolumeSettings };

/** What a {@link Workload} is made of. */
export interface WorkloadProps {
  readonly component: Component;
  readonly controller: Controller;
  readonly container: ContainerSettings;
  /** How it is reached. @default - a ClusterIP Service over all ports */
  readonly service?: ServiceSettings;
  /** Annotations of the ServiceAccount, such as the IAM role. @default {} */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/**
 * A component as Kubernetes objects: ServiceAccount, ConfigMaps, claim, controller, Service and, where several copies
 * run, a PodDisruptionBudget.
 */
export class Workload extends Construct {
  private readonly props: Pick<WorkloadProps, 'component' | 'container' | 'serviceAccountAnnotations'>;
  /**
   * What the pods are made of. Terraform knows names only, and would else change controller and ConfigMap in any order:
   * pods that start before their new configuration is there would read the old one, and nothing would restart them.
   */
  private readonly prerequisites: TerraformResource[] = [];

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { component, controller } = props;
    this.props = props;
    this.prerequisites.push(
      new ServiceAccountV1(this, 'ServiceAccount', {
        metadata: { ...this.metadata(), annotations: { ...props.serviceAccountAnnotations } },
        automountServiceAccountToken: false,
      }),
    );
    this.addConfigMaps();
    this.addController(controller);
    if (component.ports.length > 0) {
      componentService(this, component, props.service ?? {}, controller.kind === 'stateful-set');
    }
    if (controller.kind !== 'daemon-set' && (controller.replicas ?? 1) > 1) this.addDisruptionBudget();
  }

  private metadata(name?: string) {
    const { component } = this.props;
    return { name: name ?? component.name, namespace: component.namespace, labels: objectLabels(component) };
  }

  private addConfigMaps(): void {
    const { component } = this.props;
    const scope = new Construct(this, 'Config');
    for (const config of component.config) {
      this.prerequisites.push(
        new ConfigMapV1(scope, config.name, {
          metadata: this.metadata(configMapName(component, config)),
          data: Object.fromEntries(
            Object.entries(config.files).map(([name, content]) => [name, literalText(content)]),
          ),
        }),
      );
    }
  }

  private addController(controller: Controller): void {
    switch (controller.kind) {
      case 'deployment': {
        this.addDeployment(controller.replicas ?? 1, controller.volume);
        break;
      }
      case 'daemon-set': {
        new DaemonSetV1(this, 'DaemonSet', {
          dependsOn: this.prerequisites,
          metadata: this.metadata(),
          spec: {
            selector: { matchLabels: this.selector() },
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
            template: this.podTemplate({ everyNode: true }),
          },
        });
        break;
      }
      case 'stateful-set': {
        this.addStatefulSet(controller.replicas, controller.volume);
        break;
      }
    }
  }

  private addDeployment(replicas: number, volume: VolumeSettings | undefined): void {
    const { name } = this.props.component;
    const claimName = volume && this.addClaim(this, 'Claim', name, volume).metadata.name;
    new DeploymentV1(this, 'Deployment', {
      dependsOn: this.prerequisites,
      metadata: this.metadata(),
      spec: {
        replicas: String(replicas),
        selector: { matchLabels: this.selector() },
        // A ReadWriteOnce volume cannot be attached to the old and the new pod at once.
        strategy:
          volume === undefined
            ? { type: 'RollingUpdate', rollingUpdate: { maxSurge: '1', maxUnavailable: '0' } }
            : { type: 'Recreate' },
        template: this.podTemplate({ claimName, replicas }),
      },
    });
  }

  /**
   * The claims are made here under the names that the controller looks for, so that they can grow: Kubernetes refuses
   * every change of a claim template, and the provider would report one as done and find it again in each plan.
   */
  private addStatefulSet(replicas: number, volume: VolumeSettings): void {
    const { name } = this.props.component;
    const claims = new Construct(this, 'Claims');
    for (let ordinal = 0; ordinal < replicas; ordinal++) {
      const claimName = `${DATA_VOLUME}-${name}-${String(ordinal)}`;
      this.prerequisites.push(this.addClaim(claims, String(ordinal), claimName, volume));
    }
    new StatefulSetV1(this, 'StatefulSet', {
      dependsOn: this.prerequisites,
      lifecycle: { ignoreChanges: ['spec[0].volume_claim_template'] },
      metadata: this.metadata(),
      spec: {
        // Kubernetes' own default, which the provider overwrites by 0: then there is nothing to roll back to.
        revisionHistoryLimit: 10,
        replicas: String(replicas),
        serviceName: `${name}-peers`,
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: this.selector() },
        template: this.podTemplate({ replicas }),
        volumeClaimTemplate: [{ metadata: { name: DATA_VOLUME }, spec: claimSpec(volume) }],
      },
    });
  }

  private addClaim(scope: Construct, id: string, name: string, volume: VolumeSettings) {
    return new PersistentVolumeClaimV1(scope, id, {
      metadata: this.metadata(name),
      spec: claimSpec(volume),
      // With volumeBindingMode WaitForFirstConsumer it is bound only when the pod is scheduled, which comes later.
      waitUntilBound: false,
      // In Terraform's other order a claim that is no longer needed would wait for its pod to go, and the pod for it.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addDisruptionBudget(): void {
    new PodDisruptionBudgetV1(this, 'DisruptionBudget', {
      metadata: this.metadata(),
      spec: { maxUnavailable: '1', selector: { matchLabels: this.selector() } },
    });
  }

  private selector(): Record<string, string> {
    return selectorLabels(this.props.component);
  }

  private podTemplate(options: { claimName?: string; replicas?: number; everyNode?: boolean }) {
    const { component, container } = this.props;
    return {
      metadata: { labels: objectLabels(component), annotations: this.reasonsToRestart() },
      spec: podSpec(component, container, this.selector(), options),
    };
  }

  /** Pods are replaced when one of these changes: files that are read once, and the role that a pod is given at its start. */
  private reasonsToRestart(): Record<string, string> | undefined {
    const { component, serviceAccountAnnotations: identity = {} } = this.props;
    const restarting = component.config.filter((config) => config.reload === 'restart');
    const reasons = {
      ...(restarting.length > 0 && { 'checksum/config': checksum(restarting.map(({ files }) => files)) }),
      ...(Object.keys(identity).length > 0 && { 'checksum/identity': checksum(identity) }),
    };
    return Object.keys(reasons).length > 0 ? reasons : undefined;
  }
}

function claimSpec(volume: VolumeSettings) {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: volume.storageClass,
    resources: { requests: { storage: `${String(volume.sizeGiB)}Gi` } },
  };
}

function checksum(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
