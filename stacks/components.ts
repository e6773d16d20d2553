import { alertmanagerComponent } from '../constructs/alertmanager/alertmanager-component';
import type { SnsTopics } from '../constructs/alertmanager/receivers';
import type { RoutingModel } from '../constructs/alertmanager/routing';
import type { AwsModel } from '../constructs/aws/aws-model';
import { cloudWatchAgentComponent } from '../constructs/aws/cloudwatch-agent-component';
import { logWriting } from '../constructs/aws/permissions';
import { blackboxComponent } from '../constructs/exporters/blackbox-component';
import { kubeStateMetricsComponent } from '../constructs/exporters/kube-state-metrics';
import { nodeExporterComponent } from '../constructs/exporters/node-exporter';
import { postgresComponent } from '../constructs/exporters/postgres-component';
import { fluentBitComponent } from '../constructs/fluent-bit/fluent-bit-component';
import { alertPages } from '../constructs/grafana/grafana-datasources';
import { jaegerComponent } from '../constructs/jaeger/jaeger-component';
import type { Component } from '../constructs/kubernetes/component';
import { otelCollectorComponent } from '../constructs/otel-collector/otel-collector-component';
import { xrayDaemonComponent } from '../constructs/xray-daemon/xray-daemon-component';
import type { Environment } from '../environments/environment';

/** The programs that Prometheus and Grafana look at; the optional ones only where the environment asks for them. */
export interface WatchedComponents {
  readonly alertmanager: Component;
  readonly fluentBit: Component;
  readonly jaeger: Component;
  readonly otelCollector: Component;
  readonly nodeExporter: Component;
  readonly kubeStateMetrics: Component;
  readonly xrayDaemon?: Component;
  readonly blackboxExporter?: Component;
  readonly postgresExporter?: Component;
  readonly cloudWatchAgent?: Component;
}

/** Every program of the stack. */
export interface Components extends WatchedComponents {
  readonly prometheus: Component;
  readonly grafana: Component;
}

/** Those that an environment has, in the order of their names. */
export function allOf(components: Partial<Components>): readonly Component[] {
  return Object.values<Component | undefined>({ ...components })
    .filter((component) => component !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the watched programs are made of. */
interface Parts {
  readonly environment: Environment;
  readonly aws: AwsModel | undefined;
  readonly routing: RoutingModel;
  readonly sns: SnsTopics | undefined;
}

/** All programs but Prometheus and Grafana, which are made of these. */
export function watchedComponents(parts: Parts): WatchedComponents {
  return { ...alertmanagerAndTraces(parts), ...logsAndExporters(parts) };
}

function alertmanagerAndTraces({ environment, aws, routing, sns }: Parts) {
  const { namespaces, network, links } = environment;
  const { monitoring: namespace, application: applicationNamespaces } = namespaces;
  const shared = { namespace, network, applicationNamespaces };
  const jaeger = jaegerComponent({ namespace, settings: environment.jaeger });
  return {
    alertmanager: alertmanagerComponent({
      namespace,
      network,
      settings: environment.alertmanager,
      links: alertPages(links.grafana),
      routing,
      sns,
    }),
    jaeger,
    otelCollector: otelCollectorComponent({
      ...shared,
      settings: environment.collector,
      jaeger,
      xray: aws && { region: aws.region, dnsSuffix: aws.dnsSuffix },
    }),
    xrayDaemon: environment.xray && xrayDaemonComponent(shared),
  };
}

function logsAndExporters({ environment, aws }: Parts) {
  const { namespaces, network, scrape, applications, postgresExporter } = environment;
  const { monitoring: namespace, agents, application: applicationNamespaces } = namespaces;
  const probes = scrape.probes ?? [];
  return {
    fluentBit: fluentBitComponent({
      namespace: agents,
      network,
      applicationNamespaces,
      pods: applications.map(({ name, logContainers }) => logContainers ?? `${name}*`),
      settings: environment.logs,
      cloudWatch: aws && {
        region: aws.region,
        logGroupName: aws.names.logGroup,
        permissions: logWriting(aws),
      },
    }),
    nodeExporter: nodeExporterComponent(agents),
    kubeStateMetrics: kubeStateMetricsComponent({ namespace, network }),
    blackboxExporter: probes.length > 0 ? blackboxComponent({ namespace, urls: probes }) : undefined,
    postgresExporter: postgresExporter && postgresComponent({ namespace, source: postgresExporter }),
    cloudWatchAgent:
      aws && environment.aws?.cloudWatchAgent === true
        ? cloudWatchAgentComponent({ model: aws, namespace: agents, network, applicationNamespaces })
        : undefined,
  };
}
