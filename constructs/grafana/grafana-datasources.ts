import { addressOf, type Component } from '../kubernetes/component';
import { traceDestinations } from './trace-links';

/** Types of the data sources by their uid, which dashboards name: fixed, so that a board works in every environment. */
export const DATASOURCE_UIDS = {
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
  jaeger: 'jaeger',
  cloudwatch: 'cloudwatch',
  xray: 'grafana-x-ray-datasource',
} as const;

/** Uid of a data source. */
export type DataSourceUid = keyof typeof DATASOURCE_UIDS;

const ALERTMANAGER_NAME = 'Alertmanager';

/** A program that Grafana queries. */
export interface QueriedComponent {
  readonly component: Pick<Component, 'name' | 'namespace' | 'ports'>;
  /** Name of the port with the HTTP API. */
  readonly port: string;
}

/** The AWS side as Grafana queries it. */
export interface GrafanaAws {
  readonly region: string;
  /** Log group of the application. */
  readonly logGroup: {
    readonly name: string;
    /** Without the `:*` that stands for its streams. */
    readonly arn: string;
  };
  /** Namespaces of metrics that AWS does not publish itself, such as `RAG/Application`. */
  readonly metricNamespaces: readonly string[];
}

/** What the data sources point at. */
export interface DataSourceOptions {
  readonly prometheus: QueriedComponent;
  readonly alertmanager: QueriedComponent;
  readonly jaeger: QueriedComponent;
  /** Interval at which most series are scraped; the shortest window that `$__rate_interval` is made from. */
  readonly scrapeIntervalSeconds: number;
  /** Grafana's own address as a person opens it, for links from one data source to another. */
  readonly grafanaUrl: string;
  /**
   * CloudWatch and X-Ray.
   * @default - neither
   */
  readonly aws?: GrafanaAws;
}

/** A data source as a provisioning file has it. */
export interface DataSource {
  readonly uid: DataSourceUid;
  readonly name: string;
  readonly type: (typeof DATASOURCE_UIDS)[DataSourceUid];
  readonly access: 'proxy';
  /** @default - the program's own, as for AWS */
  readonly url?: string;
  readonly isDefault: boolean;
  readonly editable: false;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

/** Uids of an environment's data sources. */
export function dataSourceUids(options: { readonly aws: boolean }): DataSourceUid[] {
  return ['prometheus', 'alertmanager', 'jaeger', ...(options.aws ? (['cloudwatch', 'xray'] as const) : [])];
}

/**
 * The provisioning file of the data sources. One that leaves the file leaves Grafana as well (`prune`).
 *
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
 */
export function renderDataSources(options: DataSourceOptions): Record<string, unknown> {
  return { apiVersion: 1, prune: true, datasources: dataSources(options) };
}

/** The data sources of an environment. */
export function dataSources(options: DataSourceOptions): DataSource[] {
  const { aws } = options;
  return [
    dataSource('prometheus', 'Prometheus', options.prometheus, {
      httpMethod: 'POST',
      prometheusType: 'Prometheus',
      timeInterval: `${String(options.scrapeIntervalSeconds)}s`,
      // Shows Prometheus' rules among the alerts; it does not make them editable.
      manageAlerts: true,
      alertmanagerUid: 'alertmanager',
      exemplarTraceIdDestinations: traceDestinations(options.grafanaUrl, aws),
    }),
    dataSource('alertmanager', ALERTMANAGER_NAME, options.alertmanager, {
      implementation: 'prometheus',
      handleGrafanaManagedAlerts: false,
    }),
    // Jaeger's links from traces to logs know no CloudWatch: exemplars lead to both, and CloudWatch's logs to X-Ray.
    dataSource('jaeger', 'Jaeger', options.jaeger, { nodeGraph: { enabled: true } }),
    ...(aws === undefined ? [] : awsDataSources(aws)),
  ];
}

/** Pages of Grafana for the alerts of the data source, as a person opens them from a notification. */
export function alertPages(grafanaUrl: string): { readonly alerts: string; readonly silence: string } {
  const base = grafanaUrl.replace(/\/+$/, '');
  return {
    alerts: `${base}/alerting/groups?alertmanager=${ALERTMANAGER_NAME}`,
    silence: `${base}/alerting/silence/new?alertmanager=${ALERTMANAGER_NAME}`,
  };
}

function dataSource(
  uid: DataSourceUid,
  name: string,
  queried: QueriedComponent,
  jsonData: DataSource['jsonData'],
): DataSource {
  return {
    uid,
    name,
    type: DATASOURCE_UIDS[uid],
    access: 'proxy',
    url: `http://${addressOf(queried.component, queried.port)}`,
    isDefault: uid === 'prometheus',
    editable: false,
    jsonData,
  };
}

/** Credentials come from the workload's role: `default` is the AWS SDK's chain. */
function awsDataSources({ region, logGroup, metricNamespaces }: GrafanaAws): DataSource[] {
  const common = { access: 'proxy', isDefault: false, editable: false } as const;
  const credentials = { authType: 'default', defaultRegion: region };
  return [
    {
      uid: 'cloudwatch',
      name: 'CloudWatch',
      type: DATASOURCE_UIDS.cloudwatch,
      ...common,
      jsonData: {
        ...credentials,
        customMetricsNamespaces: metricNamespaces.join(','),
        logGroups: [{ name: logGroup.name, arn: logGroup.arn }],
        tracingDatasourceUid: 'xray',
      },
    },
    { uid: 'xray', name: 'X-Ray', type: DATASOURCE_UIDS.xray, ...common, jsonData: credentials },
  ];
}
