import { Release } from '@cdktf/provider-helm/lib/release';
import { Construct } from 'constructs';
import type { ResourceSettings } from '../../environments/environment';
import type { Component } from '../kubernetes/component';
import { renderYaml } from '../kubernetes/render-yaml';
import { literalText } from '../kubernetes/terraform-text';

/** A chart at a pinned version. */
export interface ChartVersion {
  /** Address of the chart repository. */
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
}

/** Values that the charts of the Prometheus community share. */
export interface ContainerValues {
  readonly securityContext: {
    readonly runAsNonRoot: true;
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly fsGroup: number;
    readonly seccompProfile: { readonly type: 'RuntimeDefault' };
  };
  readonly containerSecurityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly privileged: false;
    readonly capabilities: { readonly drop: readonly ['ALL'] };
  };
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly memory: string };
  };
}

/** The hardened container that every exporter runs in. */
export function containerValues(resources: ResourceSettings): ContainerValues {
  const { cpuMillicores, memoryMiB, memoryLimitMiB = memoryMiB } = resources;
  return {
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      fsGroup: 65_534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      privileged: false,
      capabilities: { drop: ['ALL'] },
    },
    resources: {
      requests: { cpu: `${String(cpuMillicores)}m`, memory: `${String(memoryMiB)}Mi` },
      limits: { memory: `${String(memoryLimitMiB)}Mi` },
    },
  };
}

/** What {@link HelmExporter} is made of. */
export interface HelmExporterProps {
  readonly component: Component;
  readonly chart: ChartVersion;
  /** Values of the chart; an object of the chart's own type. */
  readonly values: object;
}

/** An exporter from a well-kept chart; a release that does not come up is taken back. */
export class HelmExporter extends Construct {
  constructor(scope: Construct, id: string, props: HelmExporterProps) {
    super(scope, id);
    const { component, chart } = props;
    new Release(this, 'Release', {
      name: component.name,
      namespace: component.namespace,
      repository: chart.repository,
      chart: chart.chart,
      version: chart.version,
      values: [literalText(renderYaml(props.values))],
      createNamespace: false,
      atomic: true,
      wait: true,
      timeout: 300,
      maxHistory: 5,
    });
  }
}
