import type { PrometheusSettings } from '../../environments/environment';
import { portOf } from '../kubernetes/component';
import { selectorLabels } from '../kubernetes/labels';
import { DROP_IDLE_PODS, exactly, keep, keepLabelled } from './relabeling';
import { retention, type Retention } from './retention';
import type { KubernetesDiscovery, RelabelConfig, ScrapeConfig } from './scrape-config';
import type { ScrapeJob, ScrapedComponent } from './scrape-job';
import { requireUniqueNames } from './scrape-jobs';
import { scrapeTiming } from './timing';

/** Directory of Prometheus' configuration in the pod. */
export const CONFIG_DIRECTORY = '/etc/prometheus';

/** Directory of its rule files. */
export const RULES_DIRECTORY = `${CONFIG_DIRECTORY}/rules`;

/** Name of the configuration file. */
export const CONFIG_FILE = 'prometheus.yml';

/** Seconds between scrapes, and between evaluations of rules, unless the environment says otherwise. */
const SCRAPE_INTERVAL_SECONDS = 15;

/** Seconds between two scrapes of most jobs. */
export function scrapeIntervalSeconds(settings: Pick<PrometheusSettings, 'scrapeIntervalSeconds'>): number {
  return settings.scrapeIntervalSeconds ?? SCRAPE_INTERVAL_SECONDS;
}

/** Exemplars kept in memory, about 100 bytes each. */
const MAX_EXEMPLARS = 100_000;

/** prometheus.yml, Prometheus 3.11 or later. */
export interface PrometheusConfig {
  readonly global: {
    readonly scrape_interval: string;
    readonly scrape_timeout: string;
    readonly evaluation_interval: string;
    readonly metric_name_validation_scheme: 'legacy';
    readonly extra_scrape_metrics: true;
    readonly external_labels: Readonly<Record<string, string>>;
  };
  readonly storage: {
    readonly tsdb: { readonly retention: Retention };
    readonly exemplars: { readonly max_exemplars: number };
  };
  readonly rule_files: readonly string[];
  readonly alerting: { readonly alertmanagers: readonly AlertmanagerDiscovery[] };
  readonly scrape_configs: readonly ScrapeConfig[];
}

/** How Prometheus finds the Alertmanagers. */
export interface AlertmanagerDiscovery {
  readonly kubernetes_sd_configs: readonly KubernetesDiscovery[];
  readonly relabel_configs: readonly RelabelConfig[];
}

/** What prometheus.yml is made of. */
export interface PrometheusConfigOptions {
  readonly jobs: readonly ScrapeJob[];
  /** Alertmanager; its API is on the port of its metrics. */
  readonly alertmanager: ScrapedComponent;
  /** Labels that tell this Prometheus' series and alerts from another's, such as `cluster`. */
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly settings: Pick<
    PrometheusSettings,
    'volume' | 'retentionDays' | 'retentionSizeGiB' | 'scrapeIntervalSeconds'
  >;
}

/**
 * Renders prometheus.yml.
 *
 * @throws ConfigError if two jobs share a name, or interval or retention make no sense
 */
export function renderPrometheusConfig(options: PrometheusConfigOptions): PrometheusConfig {
  requireUniqueNames(options.jobs);
  const timing = scrapeTiming('prometheus.scrapeIntervalSeconds', scrapeIntervalSeconds(options.settings));
  return {
    global: {
      ...timing,
      evaluation_interval: timing.scrape_interval,
      // Boards, rules and the metric contract name series without quotes, so other names may not come in.
      metric_name_validation_scheme: 'legacy',
      // The limits of each target as series, so that an alert sees one coming: over it, a scrape is refused whole.
      extra_scrape_metrics: true,
      external_labels: Object.fromEntries(
        // Prometheus replaces $NAME in external labels by environment variables; $$ is a dollar sign.
        Object.entries(options.externalLabels).map(([name, value]) => [name, value.replaceAll('$', '$$$$')]),
      ),
    },
    storage: {
      tsdb: { retention: retention(options.settings) },
      exemplars: { max_exemplars: MAX_EXEMPLARS },
    },
    rule_files: [`${RULES_DIRECTORY}/*.yaml`],
    alerting: { alertmanagers: [alertmanagerDiscovery(options.alertmanager)] },
    scrape_configs: options.jobs.map(({ config }) => config),
  };
}

/** Port on which an Alertmanager takes alerts. */
export function alertmanagerPort(alertmanager: ScrapedComponent): number {
  return portOf(alertmanager, apiPort(alertmanager)).number;
}

/**
 * Each pod of Alertmanager, not its Service: the members of a pair share notifications but not alerts, so that each
 * must be sent all of them.
 */
function alertmanagerDiscovery(alertmanager: ScrapedComponent): AlertmanagerDiscovery {
  return {
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [alertmanager.namespace] } }],
    relabel_configs: [
      ...keepLabelled('pod_label', selectorLabels(alertmanager)),
      keep(
        ['__meta_kubernetes_pod_container_port_name'],
        exactly(portOf(alertmanager, apiPort(alertmanager)).name),
      ),
      DROP_IDLE_PODS,
    ],
  };
}

function apiPort({ name, metrics }: ScrapedComponent): string {
  if (metrics === undefined) throw new Error(`${name} names no port of its API: it has no metrics`);
  return metrics.port;
}
