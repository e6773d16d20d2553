import { Alertmanager } from '../constructs/alertmanager/alertmanager';
import type { AwsMonitoring } from '../constructs/aws/aws-monitoring';
import { CloudWatchAgent } from '../constructs/aws/cloudwatch-agent';
import { BlackboxExporter } from '../constructs/exporters/blackbox-exporter';
import { HelmExporter } from '../constructs/exporters/helm-exporter';
import { kubeStateMetricsValues } from '../constructs/exporters/kube-state-metrics';
import { nodeExporterValues } from '../constructs/exporters/node-exporter';
import { PostgresExporter } from '../constructs/exporters/postgres-exporter';
import { FluentBit } from '../constructs/fluent-bit/fluent-bit';
import { Grafana } from '../constructs/grafana/grafana';
import { Jaeger } from '../constructs/jaeger/jaeger';
import { Access } from '../constructs/kubernetes/access';
import type { Component } from '../constructs/kubernetes/component';
import { OtelCollector } from '../constructs/otel-collector/otel-collector';
import { Prometheus } from '../constructs/prometheus/prometheus';
import { XrayDaemon } from '../constructs/xray-daemon/xray-daemon';
import { Construct } from 'constructs';
import { deployAfter } from './deployment-order';
import type { MonitoringModel } from './monitoring-model';
import { CHARTS, GRAFANA_PLUGINS, IMAGES } from './versions';

/** Places every component of a model, with what it may do, after its role. */
export class PlacedComponents extends Construct {
  private readonly access: Construct;

  constructor(
    scope: Construct,
    id: string,
    model: MonitoringModel,
    private readonly aws: AwsMonitoring | undefined,
  ) {
    super(scope, id);
    this.access = new Construct(this, 'Access');
    this.addStores(model);
    this.addPipelines(model);
    this.addExporters(model);
  }

  private addStores({ components, environment }: MonitoringModel): void {
    const { prometheus, alertmanager, grafana, jaeger } = components;
    this.place(
      prometheus,
      ({ component }) =>
        new Prometheus(this, 'Prometheus', {
          component,
          image: IMAGES.prometheus,
          settings: environment.prometheus,
        }),
    );
    this.place(
      alertmanager,
      (given) =>
        new Alertmanager(this, 'Alertmanager', {
          ...given,
          image: IMAGES.alertmanager,
          settings: environment.alertmanager,
        }),
    );
    this.place(
      grafana,
      (given) =>
        new Grafana(this, 'Grafana', {
          ...given,
          image: IMAGES.grafana,
          settings: environment.grafana,
          plugins: GRAFANA_PLUGINS,
        }),
    );
    this.place(
      jaeger,
      (given) => new Jaeger(this, 'Jaeger', { ...given, image: IMAGES.jaeger, settings: environment.jaeger }),
    );
  }

  private addPipelines({ components, environment, aws }: MonitoringModel): void {
    const { fluentBit, otelCollector, xrayDaemon, cloudWatchAgent } = components;
    this.place(
      fluentBit,
      (given) =>
        new FluentBit(this, 'FluentBit', { ...given, image: IMAGES.fluentBit, settings: environment.logs }),
    );
    this.place(
      otelCollector,
      (given) =>
        new OtelCollector(this, 'OtelCollector', {
          ...given,
          image: IMAGES.otelCollector,
          settings: environment.collector,
        }),
    );
    const { xray } = environment;
    if (xrayDaemon !== undefined && xray !== undefined && aws !== undefined) {
      this.place(
        xrayDaemon,
        (given) =>
          new XrayDaemon(this, 'XrayDaemon', {
            ...given,
            image: IMAGES.xrayDaemon,
            settings: xray,
            region: aws.region,
          }),
      );
    }
    if (cloudWatchAgent !== undefined) {
      this.place(
        cloudWatchAgent,
        (given) => new CloudWatchAgent(this, 'CloudWatchAgent', { ...given, image: IMAGES.cloudWatchAgent }),
      );
    }
  }

  private addExporters({ components, environment }: MonitoringModel): void {
    const { nodeExporter, kubeStateMetrics, blackboxExporter, postgresExporter } = components;
    const { repository } = CHARTS;
    this.place(
      nodeExporter,
      ({ component }) =>
        new HelmExporter(this, 'NodeExporter', {
          component,
          chart: { repository, ...CHARTS.nodeExporter },
          values: nodeExporterValues(component),
        }),
    );
    this.place(
      kubeStateMetrics,
      ({ component }) =>
        new HelmExporter(this, 'KubeStateMetrics', {
          component,
          chart: { repository, ...CHARTS.kubeStateMetrics },
          values: kubeStateMetricsValues(component),
        }),
    );
    if (blackboxExporter !== undefined) {
      this.place(
        blackboxExporter,
        ({ component }) =>
          new BlackboxExporter(this, 'BlackboxExporter', { component, image: IMAGES.blackboxExporter }),
      );
    }
    const source = environment.postgresExporter;
    if (postgresExporter !== undefined && source !== undefined) {
      this.place(
        postgresExporter,
        ({ component }) =>
          new PostgresExporter(this, 'PostgresExporter', {
            component,
            image: IMAGES.postgresExporter,
            source,
            resources: source.resources,
          }),
      );
    }
  }

  private place(
    component: Component,
    create: (given: {
      component: Component;
      serviceAccountAnnotations?: Readonly<Record<string, string>>;
    }) => Construct,
  ): void {
    const role = this.aws?.roleOf(component);
    const placed = create({ component, serviceAccountAnnotations: role?.serviceAccountAnnotations });
    if (role !== undefined) deployAfter(placed, role);
    deployAfter(placed, new Access(this.access, component.name, { component }));
  }
}
