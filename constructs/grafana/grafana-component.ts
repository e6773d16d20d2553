import type {
  ClusterNetwork,
  GrafanaSettings,
  GrafanaStorage,
  SecretRef,
} from '../../environments/environment';
import { asPeer, portOf, type Component, type ConfigVolume, type Connection } from '../kubernetes/component';
import { addresses, awsEndpoints, internet } from '../kubernetes/peers';
import { renderYaml } from '../kubernetes/render-yaml';
import type { DashboardFolder } from './dashboard-files';
import { checkGrafana, checkHomeDashboard } from './grafana-checks';
import { DASHBOARD_DIRECTORY, grafanaIni, renderDashboardProviders } from './grafana-config';
import { renderDataSources, type DataSourceOptions, type QueriedComponent } from './grafana-datasources';
import { grafanaPermissions } from './grafana-permissions';
import { downloadedPlugins, type PluginVersions } from './grafana-plugins';
import { renderIni } from './render-ini';

/** Port of the user interface, the API and the metrics. */
export const GRAFANA_PORT = 3000;

/** What a Grafana is described by. */
export interface GrafanaComponentOptions {
  readonly namespace: string;
  readonly settings: GrafanaSettings;
  readonly network: ClusterNetwork;
  /** Address as a person opens it. */
  readonly url: string;
  readonly dataSources: DataSourceOptions;
  readonly folders: readonly DashboardFolder[];
  /** Plugins beside those that the image bundles. */
  readonly plugins: PluginVersions;
  /**
   * Dashboard that Grafana opens on, as `<folder>/<file>` of {@link folders}, such as `alerts/overview.json`. Grafana reads
   * it from where its folder is mounted; whoever chooses a home of their own in Grafana sees that instead.
   * @default - Grafana's own page
   */
  readonly homeDashboard?: string;
  /**
   * Place of the settings, for messages.
   * @default 'grafana'
   */
  readonly where?: string;
}

/**
 * Grafana as the others see it: everything in it comes from files.
 *
 * @throws ConfigError if the settings contradict each other or the address, or the first dashboard does not exist
 */
export function grafanaComponent(options: GrafanaComponentOptions): Component {
  const { namespace, settings, url, dataSources, folders } = options;
  checkGrafana(settings, url, options.where ?? 'grafana');
  checkHomeDashboard(options.homeDashboard, folders);
  const { storage } = settings;
  return {
    name: 'grafana',
    namespace,
    ports: [{ name: 'http', number: GRAFANA_PORT }],
    config: configVolumes(options),
    secrets: [settings.adminPassword, ...storageSecrets(storage)],
    egress: egress(options),
    ingress: ingress(options),
    awsPermissions: dataSources.aws && grafanaPermissions(dataSources.aws),
    metrics: { port: 'http' },
  };
}

function storageSecrets(storage: GrafanaStorage = { kind: 'none' }): SecretRef[] {
  switch (storage.kind) {
    case 'none':
      return [];
    case 'volume':
      return [storage.secretKey];
    case 'postgres':
      return [storage.secretKey, storage.password];
  }
}

function configVolumes(options: GrafanaComponentOptions): ConfigVolume[] {
  const { settings, url, homeDashboard, dataSources, folders } = options;
  return [
    {
      name: 'config',
      mountPath: '/etc/grafana',
      files: { 'grafana.ini': renderIni(grafanaIni({ settings, url, homeDashboard })) },
      reload: 'restart',
    },
    {
      name: 'datasources',
      mountPath: '/etc/grafana/provisioning/datasources',
      files: { 'datasources.yaml': renderYaml(renderDataSources(dataSources)) },
      reload: 'restart',
    },
    {
      name: 'dashboard-providers',
      mountPath: '/etc/grafana/provisioning/dashboards',
      files: { 'providers.yaml': renderYaml(renderDashboardProviders(folders)) },
      reload: 'restart',
    },
    ...folders.map(({ folder, files }): ConfigVolume => ({
      name: `dashboards-${folder}`,
      mountPath: `${DASHBOARD_DIRECTORY}/${folder}`,
      files: Object.fromEntries(files.map(({ name, content }) => [name, content])),
      reload: 'watched',
    })),
  ];
}

function egress({ settings, network, dataSources, plugins }: GrafanaComponentOptions): Connection[] {
  const { aws, prometheus, alertmanager, jaeger } = dataSources;
  const { storage } = settings;
  const downloads = Object.keys(downloadedPlugins(settings, plugins, aws !== undefined));
  return [
    query(prometheus, 'Metrics'),
    query(alertmanager, 'Alerts and silences'),
    query(jaeger, 'Traces'),
    ...(aws === undefined ? [] : awsEndpoints(network)),
    ...(storage?.kind === 'postgres' ? [addresses(storage.cidrs, storage.port ?? 5432, 'PostgreSQL')] : []),
    ...(downloads.length > 0 ? [internet(443, 'Plugins from grafana.com')] : []),
  ];
}

function query({ component, port }: QueriedComponent, why: string): Connection {
  return { peer: asPeer(component), ports: [{ number: portOf(component, port).number }], why };
}

function ingress({ settings, network }: GrafanaComponentOptions): Connection[] {
  const { exposure } = settings;
  switch (exposure.kind) {
    case 'cluster':
      // A port-forward ends inside the pod, where no policy applies.
      return [];
    case 'internal-load-balancer':
      // The balancer may keep the caller's address or put its own, from the nodes' subnets.
      return [
        addresses(
          [...exposure.sourceRanges, ...network.nodeCidrs],
          GRAFANA_PORT,
          'People, by the load balancer',
        ),
      ];
    case 'ingress':
      return [
        {
          peer: { kind: 'pods', namespaces: [exposure.controllerNamespace] },
          ports: [{ number: GRAFANA_PORT }],
          why: 'People, by the ingress controller',
        },
      ];
  }
}
