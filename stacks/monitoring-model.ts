import { alertRouting } from '../constructs/alertmanager/alert-routing';
import type { RoutingModel } from '../constructs/alertmanager/routing';
import { awsModel, type AwsModel } from '../constructs/aws/aws-model';
import { dashboardFolders } from '../constructs/grafana/dashboard-files';
import { grafanaComponent } from '../constructs/grafana/grafana-component';
import { networkPolicies, type NetworkPolicyModel } from '../constructs/kubernetes/network-graph';
import { prometheusComponent, prometheusEndpoint } from '../constructs/prometheus/prometheus-component';
import { renderPrometheusConfig, scrapeIntervalSeconds } from '../constructs/prometheus/prometheus-config';
import { namespacePatterns, renderRuleFiles } from '../constructs/prometheus/rule-files';
import type { ScrapeJob } from '../constructs/prometheus/scrape-job';
import { scrapeJobs } from '../constructs/prometheus/scrape-jobs';
import type { Content } from '../content/content';
import { aliasesByJob } from '../content/metric-aliases';
import type { Environment } from '../environments/environment';
import { allOf, watchedComponents, type Components, type WatchedComponents } from './components';
import { nameSuffix } from './names';
import { GRAFANA_PLUGINS } from './versions';

/** Namespace of the application's own CloudWatch metrics; production's is the plain one. */
const METRIC_NAMESPACE = 'RAG/Application';

/** What Grafana opens on: what fires now, and which board answers which question. */
const HOME_DASHBOARD = 'alerts/overview.json';

/** Everything of one environment that the programs will read or be given, before any of it is a resource. */
export interface MonitoringModel {
  readonly environment: Environment;
  /** The AWS side. @default - the environment has none */
  readonly aws?: AwsModel;
  readonly components: Components;
  readonly jobs: readonly ScrapeJob[];
  readonly routing: RoutingModel;
  readonly networkPolicies: readonly NetworkPolicyModel[];
}

/**
 * The model of one environment.
 *
 * @throws ConfigError if settings or content cannot be made into something that works
 */
export function monitoringModel(environment: Environment, content: Content): MonitoringModel {
  const aws = awsOf(environment);
  const sns =
    aws?.publisherRoleArn === undefined
      ? undefined
      : {
          region: aws.region,
          alertTopicArn: aws.arns.alertTopic,
          heartbeatTopicArn: aws.arns.heartbeatTopic,
        };
  const routing = alertRouting(environment.alertmanager.receivers, { sns });
  const watched = watchedComponents({ environment, aws, routing, sns });
  const grafana = grafanaOf(environment, content, aws, watched);
  const jobs = jobsOf(environment, content, [...allOf({ ...watched, grafana })]);
  const prometheus = prometheusOf(environment, content, jobs, watched);
  const components = { ...watched, grafana, prometheus };
  return {
    environment,
    aws,
    components,
    jobs,
    routing,
    networkPolicies: networkPolicies(allOf(components), environment.network.nodeCidrs),
  };
}

function awsOf(environment: Environment): AwsModel | undefined {
  const { aws: account, cluster, thresholds, logs, name } = environment;
  if (account === undefined || cluster.kind !== 'eks') return undefined;
  const suffix = nameSuffix(environment);
  return awsModel({
    account,
    cluster,
    suffix,
    thresholds,
    logRetentionDays: logs.retentionDays,
    where: name,
    alertmanagerPublishes: environment.alertmanager.receivers.sns !== false,
    metricNamespace: `${METRIC_NAMESPACE}${suffix}`,
  });
}

function grafanaOf(
  environment: Environment,
  content: Content,
  aws: AwsModel | undefined,
  { alertmanager, jaeger }: WatchedComponents,
) {
  const { monitoring: namespace } = environment.namespaces;
  return grafanaComponent({
    namespace,
    settings: environment.grafana,
    network: environment.network,
    url: environment.links.grafana,
    dataSources: {
      prometheus: { component: prometheusEndpoint(namespace), port: 'http' },
      alertmanager: { component: alertmanager, port: 'http' },
      jaeger: { component: jaeger, port: 'query' },
      scrapeIntervalSeconds: scrapeIntervalSeconds(environment.prometheus),
      grafanaUrl: environment.links.grafana,
      aws: aws && {
        region: aws.region,
        logGroup: { name: aws.names.logGroup, arn: aws.arns.logGroup },
        metricNamespaces: [aws.metricNamespace, aws.names.logMetricNamespace],
      },
    },
    folders: dashboardFolders(content.dashboards),
    plugins: GRAFANA_PLUGINS,
    homeDashboard: HOME_DASHBOARD,
  });
}

function jobsOf(
  environment: Environment,
  content: Content,
  components: readonly WatchedComponents['jaeger'][],
): readonly ScrapeJob[] {
  const { applications, namespaces, network, scrape, prometheus, cluster } = environment;
  return scrapeJobs({
    applications,
    namespaces,
    network,
    scrape,
    components: [...components, prometheusEndpoint(namespaces.monitoring)],
    aliases: aliasesByJob(content.metrics),
    applicationSampleLimit: prometheus.applicationSampleLimit,
    // kind and minikube give kubelets certificates that the cluster's authority has not signed.
    skipKubeletVerify: cluster.kind === 'kubeconfig',
  });
}

function prometheusOf(
  environment: Environment,
  content: Content,
  jobs: readonly ScrapeJob[],
  { alertmanager }: WatchedComponents,
) {
  const { namespaces, network, prometheus: settings, cluster, name, thresholds, links } = environment;
  const config = renderPrometheusConfig({
    jobs,
    alertmanager,
    settings,
    externalLabels: { cluster: cluster.kind === 'eks' ? cluster.name : cluster.context, environment: name },
  });
  const rules = renderRuleFiles(content.rules, {
    thresholds: { ...thresholds },
    links: { ...links },
    namespaces: namespacePatterns(namespaces),
  });
  return prometheusComponent({
    namespace: namespaces.monitoring,
    network,
    config,
    rules: Object.fromEntries(rules.map((file) => [file.name, file.content])),
    jobs,
    alertmanager,
  });
}
