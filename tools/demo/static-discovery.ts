import { portOf } from '../../constructs/kubernetes/component';
import { selectorLabels } from '../../constructs/kubernetes/labels';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import type { RelabelConfig, ScrapeConfig } from '../../constructs/prometheus/scrape-config';
import type { ScrapeJob } from '../../constructs/prometheus/scrape-job';
import { allOf } from '../../stacks/components';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { hostPort, type HostPort, type Place } from './place';

/** The component that tells what containers ask for. */
const CONTAINER_STATES = 'kube-state-metrics';

/** A job that finds nothing where the stack runs, and why. */
export interface LeftOut {
  readonly job: string;
  readonly why: string;
}

/** What a discovery gives: addresses, with labels that relabeling reads. */
export interface StaticTargets {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A pod as discovery by the Kubernetes API would describe it. */
export interface PodDescription {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: { readonly name: string; readonly number: number };
  readonly node: string;
  readonly address: HostPort;
}

/** prometheus.yml with what Kubernetes' discovery would find written down. */
export interface StaticPrometheus {
  readonly config: Omit<PrometheusConfig, 'alerting' | 'scrape_configs'> & {
    readonly alerting: { readonly alertmanagers: readonly object[] };
    readonly scrape_configs: readonly object[];
  };
  readonly leftOut: readonly LeftOut[];
}

/**
 * Replaces each discovery by the Kubernetes API by static targets that carry the labels which that discovery would
 * give (prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config, role `pod`). The
 * rendered relabeling runs on them unchanged, so that the labels of the series are those of the cluster. Jobs whose
 * targets are parts of Kubernetes, or programs that do not run there, are left out.
 */
export function withoutKubernetes(
  model: MonitoringModel,
  config: PrometheusConfig,
  place: Place,
): StaticPrometheus {
  const jobs = model.jobs.map((job) => staticJob(model, job, place));
  return {
    config: {
      ...config,
      alerting: { alertmanagers: [staticAlertmanager(model, config, place)] },
      scrape_configs: jobs.flatMap(({ scrape }) => (scrape === undefined ? [] : [scrape])),
    },
    leftOut: jobs.flatMap(({ leftOut }) => (leftOut === undefined ? [] : [leftOut])),
  };
}

/** The labels and the address that discovery gives a port of a running pod. */
export function podTarget(pod: PodDescription): StaticTargets {
  return {
    targets: [hostPort(pod.address)],
    labels: {
      __meta_kubernetes_namespace: pod.namespace,
      __meta_kubernetes_pod_name: pod.name,
      __meta_kubernetes_pod_ip: pod.address.host,
      __meta_kubernetes_pod_phase: 'Running',
      __meta_kubernetes_pod_ready: 'true',
      __meta_kubernetes_pod_node_name: pod.node,
      __meta_kubernetes_pod_container_init: 'false',
      __meta_kubernetes_pod_container_port_name: pod.port.name,
      __meta_kubernetes_pod_container_port_number: String(pod.port.number),
      __meta_kubernetes_pod_container_port_protocol: 'TCP',
      ...Object.fromEntries(
        Object.entries(pod.labels).flatMap(([name, value]) => [
          [`__meta_kubernetes_pod_label_${asLabelName(name)}`, value],
          [`__meta_kubernetes_pod_labelpresent_${asLabelName(name)}`, 'true'],
        ]),
      ),
    },
  };
}

/** What is no part of a label's name becomes `_`, as Prometheus does it. */
function asLabelName(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

interface StaticJob {
  readonly scrape?: object;
  readonly leftOut?: LeftOut;
}

function staticJob(model: MonitoringModel, job: ScrapeJob, place: Place): StaticJob {
  const without = (why: string): StaticJob => ({ leftOut: { job: job.name, why } });
  switch (job.kind) {
    case 'application-pods':
      return applicationJob(job, place) ?? without('the service does not run here');
    case 'component':
      return componentJob(model, job, place) ?? without('the program does not run here');
    case 'cadvisor':
      return cadvisorJob(job, place) ?? without('there is no Kubernetes here');
    case 'kubelet':
    case 'api-server':
    case 'annotated-pods':
    case 'services':
      return without('there is no Kubernetes here');
    case 'static':
    case 'probes':
    case 'federation':
      return without('its addresses lead out of the stack');
  }
}

function applicationJob(job: ScrapeJob, place: Place): StaticJob | undefined {
  const address = place.application(job.name);
  if (address === undefined || job.selects.kind !== 'pods') return undefined;
  const { namespaces, labels } = job.selects;
  const { kubernetes_sd_configs: _discovery, relabel_configs = [], ...rest } = job.config;
  const target = podTarget({
    name: podName(job.name),
    namespace: namespaces[0] ?? '',
    labels,
    port: { name: 'http', number: address.port },
    node: place.node,
    address,
  });
  return {
    scrape: {
      ...rest,
      static_configs: [target],
      relabel_configs: relabel_configs.map((step) => atPort(step, address.port)),
    },
  };
}

/** The step that writes the port of the metrics, at the port where they are there. */
function atPort(step: RelabelConfig, port: number): RelabelConfig {
  if (step.target_label !== '__address__' || step.replacement === undefined) return step;
  return { ...step, replacement: step.replacement.replace(/:\d+$/, `:${String(port)}`) };
}

/** The one node, whose kubelet would answer over TLS and to Prometheus' account only. */
function cadvisorJob({ config }: ScrapeJob, { node, containers }: Place): StaticJob | undefined {
  if (containers === undefined) return undefined;
  const {
    kubernetes_sd_configs: _discovery,
    scheme: _scheme,
    tls_config: _tls,
    authorization: _account,
    ...rest
  } = config;
  const target: StaticTargets = {
    targets: [hostPort(containers)],
    labels: { __meta_kubernetes_node_name: node },
  };
  return { scrape: { ...rest, static_configs: [target] } };
}

function componentJob(model: MonitoringModel, job: ScrapeJob, place: Place): StaticJob | undefined {
  const target = componentTarget(model, job.name, place);
  if (target === undefined) return undefined;
  const { kubernetes_sd_configs: _discovery, ...rest }: ScrapeConfig = job.config;
  return { scrape: { ...rest, static_configs: [target] } };
}

/** The port of a component that shows its metrics, as discovery describes it. */
function componentTarget(model: MonitoringModel, name: string, place: Place): StaticTargets | undefined {
  const component = allOf(model.components).find((candidate) => candidate.name === name);
  if (component?.metrics === undefined) return undefined;
  const port = portOf(component, component.metrics.port);
  const address =
    place.component(name, port.number) ?? (name === CONTAINER_STATES ? place.containers : undefined);
  if (address === undefined) return undefined;
  return podTarget({
    name: podName(name),
    namespace: component.namespace,
    labels: selectorLabels(component),
    port,
    node: place.node,
    address,
  });
}

function staticAlertmanager(model: MonitoringModel, config: PrometheusConfig, place: Place): object {
  const target = componentTarget(model, model.components.alertmanager.name, place);
  const [rendered] = config.alerting.alertmanagers;
  return {
    relabel_configs: rendered?.relabel_configs ?? [],
    static_configs: target === undefined ? [] : [target],
  };
}

/** Name of the one pod of a workload. */
export function podName(workload: string): string {
  return `${workload}-0`;
}
