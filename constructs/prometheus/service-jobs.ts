import type { ServiceTarget } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import {
  foreignTargetGuards,
  requireNamespaces,
  sampleSteps,
  type ApplicationTargets,
} from './application-jobs';
import { copy, DROP_IDLE_PODS, exactly, keep, keepLabelled, POD_TARGET_LABELS } from './relabeling';
import type { ScrapeJob } from './scrape-job';
import { scrapeTiming } from './timing';

/** Seconds between scrapes of a Service's pods. */
const SERVICE_INTERVAL_SECONDS = 30;

/**
 * Pods behind a Service that is found by its labels, at the Service's port of that name: what a ServiceMonitor of the
 * Prometheus operator means, without the operator.
 *
 * @throws ConfigError if it names no namespace, a foreign one, or no label
 */
export function serviceTargets(
  target: ServiceTarget,
  options: ApplicationTargets & {
    /** Namespaces that an environment may name: the application's and the stack's. */
    readonly allowedNamespaces: readonly string[];
  },
): ScrapeJob {
  requireSelection(target, options.allowedNamespaces);
  const { job, namespaces, matchLabels: labels, port } = target;
  return {
    name: job,
    kind: 'services',
    config: {
      job_name: job,
      ...scrapeTiming(`scrape.services.${job}`, target.intervalSeconds ?? SERVICE_INTERVAL_SECONDS),
      metrics_path: target.path ?? '/metrics',
      ...foreignTargetGuards(options),
      kubernetes_sd_configs: [{ role: 'endpointslice', namespaces: { names: namespaces } }],
      relabel_configs: [
        ...keepLabelled('service_label', labels),
        keep(['__meta_kubernetes_endpointslice_port_name'], exactly(port)),
        DROP_IDLE_PODS,
        ...POD_TARGET_LABELS,
        copy('__meta_kubernetes_service_name', 'service'),
      ],
      metric_relabel_configs: sampleSteps(options),
    },
    reaches: [
      {
        // A Service's labels say nothing of its pods' labels.
        peer: { kind: 'pods', namespaces },
        ports: [{ number: target.targetPort }],
        why: `metrics of the pods of ${job}`,
      },
    ],
    selects: { kind: 'services', namespaces, labels, port },
    targetLabels: ['job', 'instance', 'namespace', 'pod', 'node', 'service'],
  };
}

function requireSelection(target: ServiceTarget, allowed: readonly string[]): void {
  const where = `scrape.services.${target.job}`;
  requireNamespaces(`${where}.namespaces`, target.namespaces);
  const foreign = target.namespaces.find((namespace) => !allowed.includes(namespace));
  if (foreign !== undefined) {
    throw new ConfigError({
      where: `${where}.namespaces`,
      found: `"${foreign}", which is no namespace of the application or the stack`,
      allowed: allowed.join(', '),
      mend: `correct it, or add "${foreign}" to namespaces.application`,
    });
  }
  if (Object.keys(target.matchLabels).length === 0) {
    throw new ConfigError({
      where: `${where}.matchLabels`,
      found: 'no label, which would select every Service',
      allowed: 'at least one label of the Service',
      mend: 'name the labels that the Service carries, such as app',
    });
  }
}
