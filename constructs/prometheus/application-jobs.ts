import type { MetricAlias } from '../../content/metric-aliases';
import type { Application } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import { aliasRelabeling } from './alias-relabeling';
import {
  copy,
  drop,
  DROP_IDLE_PODS,
  exactly,
  keep,
  keepLabelled,
  metaLabel,
  podAddress,
  POD_TARGET_LABELS,
} from './relabeling';
import type { RelabelConfig, ScrapeConfig } from './scrape-config';
import type { ScrapeJob } from './scrape-job';

/** Label names without a bound on their values: each would make a series of every user or document. */
export const UNBOUNDED_LABELS: readonly string[] = ['user_id', 'document_id'];

/** Samples of one scrape, unless the environment says otherwise. */
const SAMPLE_LIMIT = 20_000;

/** Kibibytes that a sample takes of an answer at most, on average; one with 30 labels of 30 bytes is within it. */
const KIBIBYTES_PER_SAMPLE = 1;

/** What pods that are not the stack's may bring. Over a limit the scrape fails as a whole, which `up` shows. */
export interface ApplicationLimits {
  /** Samples of one scrape. @default 20000 */
  readonly sampleLimit?: number;
}

/** The same, where it is known which service of the application the targets are. */
export interface ApplicationTargets extends ApplicationLimits {
  /** Old names that the service may still use. @default [] */
  readonly aliases?: readonly MetricAlias[];
}

/**
 * Drops samples that carry an unbounded label, whole: dropping the label alone would merge series of different users
 * and make counters lie. It shows as `scrape_samples_scraped - scrape_samples_post_metric_relabeling > 0`.
 */
export const UNBOUNDED_LABEL_GUARD: RelabelConfig = drop(UNBOUNDED_LABELS, '.*[^;].*');

/** Steps for each sample: old names become canonical, then the guard looks at what is left. */
export function sampleSteps(targets: ApplicationTargets): readonly RelabelConfig[] {
  return [...aliasRelabeling(targets.aliases ?? []), UNBOUNDED_LABEL_GUARD];
}

/** Fields that all jobs have whose targets the stack did not write. */
export function foreignTargetGuards(
  limits: ApplicationLimits,
): Pick<
  ScrapeConfig,
  | 'fallback_scrape_protocol'
  | 'honor_timestamps'
  | 'body_size_limit'
  | 'sample_limit'
  | 'label_limit'
  | 'label_name_length_limit'
  | 'label_value_length_limit'
  | 'target_limit'
> {
  const sampleLimit = limits.sampleLimit ?? SAMPLE_LIMIT;
  return {
    // Prometheus 3 refuses a response whose Content-Type is missing or wrong unless it is told what to take it for.
    fallback_scrape_protocol: 'PrometheusText0.0.4',
    // A sample belongs where it was scraped: by a wrong clock of the target it would be dropped, and `up` stay 1.
    honor_timestamps: false,
    // The limit of samples counts what has been read: 100 MB take 800 MiB of memory before they are refused.
    body_size_limit: `${String(sampleLimit * KIBIBYTES_PER_SAMPLE)}KB`,
    sample_limit: sampleLimit,
    label_limit: 30,
    label_name_length_limit: 128,
    label_value_length_limit: 512,
    target_limit: 500,
  };
}

/**
 * The pods of one service of the application: those with the label `app: <name>` in its namespaces, at its metrics port.
 *
 * @throws ConfigError if there is no namespace, which Prometheus would take for all
 */
export function applicationPods(
  options: ApplicationTargets & { readonly application: Application; readonly namespaces: readonly string[] },
): ScrapeJob {
  const { application, namespaces } = options;
  requireNamespaces('namespaces.application', namespaces);
  const labels = { app: application.name };
  return {
    name: application.name,
    kind: 'application-pods',
    config: {
      job_name: application.name,
      ...foreignTargetGuards(options),
      kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespaces } }],
      relabel_configs: [
        ...keepLabelled('pod_label', labels),
        DROP_IDLE_PODS,
        ...podAddress(application.metricsPort),
        ...POD_TARGET_LABELS,
      ],
      metric_relabel_configs: sampleSteps(options),
    },
    reaches: [
      {
        peer: { kind: 'pods', namespaces, labels },
        ports: [{ number: application.metricsPort }],
        why: `metrics of ${application.name}`,
      },
    ],
    selects: { kind: 'pods', namespaces, labels },
    targetLabels: ['job', 'instance', 'namespace', 'pod', 'node'],
  };
}

/** Name of the job of annotated pods. */
export const ANNOTATED_PODS_JOB = 'kubernetes-pods';

/**
 * Pods of the application namespaces that ask for it by `prometheus.io/scrape: "true"`, with `prometheus.io/scheme`,
 * `/path`, `/port` and `/param_<name>`. Without a port annotation each declared port is scraped. The application's own
 * services are left to their jobs.
 *
 * @throws ConfigError if there is no namespace
 */
export function annotatedPods(
  options: ApplicationLimits & {
    readonly applications: readonly Application[];
    readonly namespaces: readonly string[];
  },
): ScrapeJob {
  const { applications, namespaces } = options;
  requireNamespaces('namespaces.application', namespaces);
  return {
    name: ANNOTATED_PODS_JOB,
    kind: 'annotated-pods',
    config: {
      job_name: ANNOTATED_PODS_JOB,
      ...foreignTargetGuards(options),
      kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespaces } }],
      relabel_configs: annotationRules(applications),
      metric_relabel_configs: [UNBOUNDED_LABEL_GUARD],
    },
    reaches: [
      {
        peer: { kind: 'pods', namespaces },
        ports: [],
        why: 'metrics of pods that ask for it, at whatever port they say',
      },
    ],
    selects: { kind: 'pods', namespaces, labels: {} },
    targetLabels: ['job', 'instance', 'namespace', 'pod', 'node', 'app'],
  };
}

function annotationRules(applications: readonly Application[]): RelabelConfig[] {
  const annotation = (name: string) => metaLabel('pod_annotation', `prometheus.io/${name}`);
  const declaredPort = '__meta_kubernetes_pod_container_port_number';
  const portAndAddress = [annotation('port'), '__meta_kubernetes_pod_ip'];
  return [
    keep([annotation('scrape')], 'true'),
    drop([metaLabel('pod_label', 'app')], applications.map(({ name }) => exactly(name)).join('|')),
    DROP_IDLE_PODS,
    drop(['__meta_kubernetes_pod_container_init'], 'true'),
    // Neither annotated nor declared: the address would be without a port.
    drop([annotation('port'), declaredPort], ';'),
    { source_labels: [annotation('scheme')], regex: '(https?)', target_label: '__scheme__' },
    { source_labels: [annotation('path')], regex: '(.+)', target_label: '__metrics_path__' },
    {
      source_labels: portAndAddress,
      regex: String.raw`(\d+);([^:]+)`,
      target_label: '__address__',
      replacement: '$2:$1',
    },
    {
      source_labels: portAndAddress,
      regex: String.raw`(\d+);(.*:.*)`,
      target_label: '__address__',
      replacement: '[$2]:$1',
    },
    { regex: `${annotation('param_')}(.+)`, replacement: '__param_$1', action: 'labelmap' },
    { ...copy(metaLabel('pod_label', 'app'), 'app'), regex: '(.+)' },
    { ...copy(metaLabel('pod_label', 'app.kubernetes.io/name'), 'app'), regex: '(.+)' },
    ...POD_TARGET_LABELS,
  ];
}

/**
 * Refuses an empty list of namespaces.
 *
 * @throws ConfigError
 */
export function requireNamespaces(where: string, namespaces: readonly string[]): void {
  if (namespaces.length > 0) return;
  throw new ConfigError({
    where,
    found: 'no namespace, so that the job would select nothing that the environment names',
    allowed: 'at least one namespace',
    mend: 'name the namespaces of the pods to scrape',
  });
}
