import { asPeer, portOf } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';
import { selectorLabels } from '../kubernetes/labels';
import { copy, DROP_IDLE_PODS, exactly, keep, keepLabelled, POD_TARGET_LABELS } from './relabeling';
import type { RelabelConfig } from './scrape-config';
import type { ScrapeJob, ScrapedComponent } from './scrape-job';

/**
 * A program of the stack: each of its pods, at the port that its metrics are on. The job has the component's name.
 *
 * @param components everything that the stack deploys
 * @param name the component to scrape
 * @throws ConfigError if the stack does not deploy it, or if it has no metrics
 */
export function componentJob(components: readonly ScrapedComponent[], name: string): ScrapeJob {
  const component = components.find((candidate) => candidate.name === name);
  if (component?.metrics === undefined) {
    throw new ConfigError({
      where: `scrape job ${name}`,
      found: component === undefined ? `no component "${name}" in the stack` : `"${name}" has no metrics`,
      allowed: components
        .filter(({ metrics }) => metrics !== undefined)
        .map((candidate) => candidate.name)
        .join(', '),
      mend: 'name a component that is deployed and has metrics',
    });
  }
  const { namespace, metrics } = component;
  const port = portOf(component, metrics.port);
  const labels = selectorLabels(component);
  return {
    name,
    kind: 'component',
    config: {
      job_name: name,
      honor_labels: metrics.honorLabels,
      metrics_path: metrics.path ?? '/metrics',
      kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] } }],
      relabel_configs: [
        ...keepLabelled('pod_label', labels),
        keep(['__meta_kubernetes_pod_container_port_name'], exactly(port.name)),
        DROP_IDLE_PODS,
        ...targetLabels(component),
      ],
    },
    reaches: [{ peer: asPeer(component), ports: [{ number: port.number }], why: `metrics of ${name}` }],
    selects: { kind: 'component', namespace, labels, port: port.name },
    targetLabels:
      metrics.honorLabels === true ? ['job', 'instance'] : ['job', 'instance', 'namespace', 'pod', 'node'],
  };
}

/** The jobs of all components that have metrics, in the order of their names. */
export function componentJobs(components: readonly ScrapedComponent[]): ScrapeJob[] {
  return components
    .filter(({ metrics }) => metrics !== undefined)
    .map(({ name }) => name)
    .sort()
    .map((name) => componentJob(components, name));
}

function targetLabels(component: ScrapedComponent): readonly RelabelConfig[] {
  // Its series have their own namespace, pod and node; those of the exporter would stand in for missing ones.
  if (component.metrics?.honorLabels === true) return [];
  return component.hostNetwork === true
    ? [...POD_TARGET_LABELS, copy('__meta_kubernetes_pod_node_name', 'instance')]
    : POD_TARGET_LABELS;
}
