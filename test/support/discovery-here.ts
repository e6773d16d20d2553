import { parse } from 'yaml';
import type { Component } from '../../constructs/kubernetes/component';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import { kubeconfigOf, tokenOf } from './cluster-access';
import type { ControlPlane } from './control-plane';
import { getJson } from './eventually';
import type { PrometheusHere } from './prometheus-here';
import type { RenderedFolder } from './rendered';

const CONFIG = 'prometheus/prometheus.yml';
const KUBECONFIG = 'service-account/kubeconfig';

/**
 * Makes a rendered Prometheus outside the cluster what its pod is inside: its ServiceAccount with a token of its own,
 * the authority of the API server, and the API server's address, which a pod has in its environment.
 */
export async function signPrometheusIn(
  folder: RenderedFolder,
  plane: ControlPlane,
  prometheus: Component,
): Promise<void> {
  const token = await tokenOf(plane.client, prometheus);
  folder.write('service-account/token', token);
  folder.write('service-account/ca.crt', plane.certificate);
  folder.write(KUBECONFIG, kubeconfigOf(plane, token));
  folder.write(CONFIG, fromOutside(folder.read(CONFIG), folder.file(KUBECONFIG)));
}

/** prometheus.yml that discovers by a kubeconfig. */
function fromOutside(text: string, kubeconfig: string): string {
  const config = parse(text) as PrometheusConfig;
  const signedIn = <Part extends Pick<PrometheusConfig['scrape_configs'][number], 'kubernetes_sd_configs'>>(
    part: Part,
  ) => ({
    ...part,
    kubernetes_sd_configs: part.kubernetes_sd_configs?.map((discovery) => ({
      ...discovery,
      kubeconfig_file: kubeconfig,
    })),
  });
  return renderYaml({
    ...config,
    alerting: { alertmanagers: config.alerting.alertmanagers.map(signedIn) },
    scrape_configs: config.scrape_configs.map(signedIn),
  });
}

/** A target that is to be scraped. */
export interface ActiveTarget {
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  /** Before relabeling. */
  readonly discoveredLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** The targets that Prometheus has found. */
export async function activeTargets({ url }: PrometheusHere): Promise<readonly ActiveTarget[]> {
  const answer = await getJson(`${url}/api/v1/targets?state=active`);
  return (answer as { readonly data: { readonly activeTargets: readonly ActiveTarget[] } }).data
    .activeTargets;
}

/** Addresses of the Alertmanagers that Prometheus has found. */
export async function activeAlertmanagers({ url }: PrometheusHere): Promise<readonly string[]> {
  const { data } = (await getJson(`${url}/api/v1/alertmanagers`)) as {
    readonly data: { readonly activeAlertmanagers: readonly { readonly url: string }[] };
  };
  return data.activeAlertmanagers.map((alertmanager) => alertmanager.url);
}
