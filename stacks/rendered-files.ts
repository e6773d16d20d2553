import type { Component } from '../constructs/kubernetes/component';
import { allOf } from './components';
import type { MonitoringModel } from './monitoring-model';

/** Directory below which every configuration lies in its pod. */
const CONFIGURATION_ROOT = '/etc/';

/**
 * Every file that a running program reads, by its path in the pod less `/etc/`: `prometheus/prometheus.yml`,
 * `grafana/dashboards/cost/cost-tracking.json`.
 */
export function renderedFiles(model: MonitoringModel): ReadonlyMap<string, string> {
  return new Map(
    allOf(model.components)
      .flatMap(filesOf)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function filesOf(component: Component): [string, string][] {
  return component.config.flatMap(({ mountPath, files }) =>
    Object.entries(files).map(([name, content]): [string, string] => [
      `${mountPath.replace(CONFIGURATION_ROOT, '')}/${name}`,
      content,
    ]),
  );
}
