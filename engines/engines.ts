import type { Engine, GoModuleRecipe } from './engine';

/**
 * Only the service discovery that the stacks may use (static, file and HTTP are always in): the clouds' clients are a
 * fifth of Prometheus' build. A configuration that uses another one is refused by name.
 */
const PROMETHEUS_TAGS = ['remove_all_sd', 'enable_kubernetes_sd', 'enable_dns_sd'];

/** Without these the API server calls itself v0.0.0-master. */
const KUBERNETES_VERSION = 'k8s.io/component-base/version';
const KUBERNETES_LINK_VALUES = [
  `${KUBERNETES_VERSION}.gitVersion=v1.34.3`,
  `${KUBERNETES_VERSION}.gitMajor=1`,
  `${KUBERNETES_VERSION}.gitMinor=34`,
  `${KUBERNETES_VERSION}.gitTreeState=clean`,
];

function prometheusCommand(command: string): GoModuleRecipe {
  return {
    kind: 'go-module',
    directory: 'prometheus',
    package: `github.com/prometheus/prometheus/cmd/${command}`,
    requires: 'github.com/prometheus/prometheus v0.314.0',
    tags: PROMETHEUS_TAGS,
    linkValues: ['github.com/prometheus/common/version.Version=3.14.0'],
  };
}

function kubernetesCommand(command: string): GoModuleRecipe {
  return {
    kind: 'go-module',
    directory: 'kubernetes',
    package: `k8s.io/kubernetes/cmd/${command}`,
    requires: 'k8s.io/kubernetes v1.34.3',
    linkValues: KUBERNETES_LINK_VALUES,
  };
}

/**
 * Every real program that the engine tests run the rendered files through, in the order of installation: the quick and
 * most used first. Versions follow what the stacks deploy where the program can be had at that version; where not,
 * `purpose` says what is not proven.
 */
export const ENGINES = [
  {
    name: 'promtool',
    purpose: 'checks prometheus.yml and rule files, runs rule unit tests',
    version: '3.14.0',
    recipe: prometheusCommand('promtool'),
  },
  {
    name: 'amtool',
    purpose: 'checks alertmanager.yml and which receiver each alert reaches',
    version: '0.34.2',
    recipe: {
      kind: 'go-install',
      package: 'github.com/prometheus/alertmanager/cmd/amtool',
      moduleVersion: 'v0.34.2',
    },
  },
  {
    name: 'helm',
    purpose: 'renders the pinned charts with our values',
    version: '3.22.0',
    recipe: { kind: 'go-install', package: 'helm.sh/helm/v3/cmd/helm', moduleVersion: 'v3.22.0' },
  },
  {
    name: 'kubeconform',
    purpose: 'checks Kubernetes manifests against the published schemas',
    version: '0.8.0',
    recipe: {
      kind: 'go-install',
      package: 'github.com/yannh/kubeconform/cmd/kubeconform',
      moduleVersion: 'v0.8.0',
    },
  },
  {
    name: 'compose-go',
    purpose:
      'reads a Compose file as docker compose does: schema, interpolation, consistency; starts nothing',
    version: '2.16.2',
    recipe: { kind: 'script', script: 'compose-go/build.sh', moduleVersion: 'v2.16.2' },
  },
  {
    name: 'moto_server',
    purpose: 'answers as AWS on loopback',
    version: '5.2.5',
    recipe: { kind: 'python', requirement: 'moto==5.2.5' },
  },
  {
    name: 'checkov',
    purpose: 'reads cdk.tf.json for insecure settings',
    version: '3.3.30',
    recipe: { kind: 'python', requirement: 'checkov==3.3.30' },
  },
  {
    name: 'prometheus',
    purpose: 'starts on the rendered configuration and scrapes real targets',
    version: '3.14.0',
    recipe: prometheusCommand('prometheus'),
  },
  {
    name: 'alertmanager',
    purpose:
      'starts on the rendered configuration and groups, inhibits and sends; its user interface is left out, because ' +
      'the published module lacks it',
    version: '0.34.2',
    recipe: { kind: 'script', script: 'alertmanager/build.sh', moduleVersion: 'v0.34.2' },
  },
  {
    name: 'otelcol',
    purpose:
      'validates and runs the Collector configuration; made by the OpenTelemetry builder from collector/builder.yaml, ' +
      'without the X-Ray, Sentry and Datadog exporters, since the Go proxy lacks them or modules they need',
    version: '0.158.0',
    recipe: {
      kind: 'go-module',
      directory: 'collector',
      package: '.',
      requires: 'go.opentelemetry.io/collector/receiver/otlpreceiver v0.158.0',
    },
  },
  {
    name: 'jaeger',
    purpose:
      'starts on the rendered configuration, takes and answers traces; 2.13 is the last release that the Go proxy knows',
    version: '2.13.0',
    recipe: {
      kind: 'go-module',
      directory: 'jaeger',
      package: 'github.com/jaegertracing/jaeger/cmd/jaeger',
      requires: 'github.com/jaegertracing/jaeger v1.76.0',
    },
  },
  {
    name: 'node_exporter',
    purpose: 'exposes the node metrics that rules and boards read',
    version: '1.12.1',
    recipe: {
      kind: 'go-install',
      package: 'github.com/prometheus/node_exporter',
      moduleVersion: 'v1.12.1',
    },
  },
  {
    name: 'blackbox_exporter',
    purpose: 'checks its rendered modules and probes real targets',
    version: '0.28.0',
    recipe: {
      kind: 'go-module',
      directory: 'blackbox-exporter',
      package: 'github.com/prometheus/blackbox_exporter',
      requires: 'github.com/prometheus/blackbox_exporter v0.28.0',
    },
  },
  {
    name: 'postgres_exporter',
    purpose: 'accepts the flags and environment that its Deployment sets',
    version: '0.19.1',
    recipe: {
      kind: 'go-module',
      directory: 'postgres-exporter',
      package: 'github.com/prometheus-community/postgres_exporter/cmd/postgres_exporter',
      requires: 'github.com/prometheus-community/postgres_exporter v0.19.1',
    },
  },
  {
    name: 'etcd',
    purpose: 'stores what the Kubernetes API server is told',
    version: '3.7.3',
    recipe: {
      kind: 'go-module',
      directory: 'etcd',
      package: 'go.etcd.io/etcd/server/v3',
      requires: 'go.etcd.io/etcd/server/v3 v3.7.3',
    },
  },
  {
    name: 'kube-apiserver',
    purpose: 'accepts or refuses every Kubernetes object, with RBAC and Pod Security',
    version: '1.34.3',
    recipe: kubernetesCommand('kube-apiserver'),
  },
  {
    name: 'kube-controller-manager',
    purpose: 'turns Deployments and DaemonSets into pods',
    version: '1.34.3',
    recipe: kubernetesCommand('kube-controller-manager'),
  },
  {
    name: 'kube-scheduler',
    purpose: 'places pods on the simulated node',
    version: '1.34.3',
    recipe: kubernetesCommand('kube-scheduler'),
  },
  {
    name: 'kubectl',
    purpose: 'applies manifests as a person would',
    version: '1.34.3',
    recipe: kubernetesCommand('kubectl'),
  },
  {
    name: 'kwok',
    purpose: 'plays the kubelet: nodes and pods become ready without containers',
    version: '0.7.0',
    recipe: { kind: 'go-install', package: 'sigs.k8s.io/kwok/cmd/kwok', moduleVersion: 'v0.7.0' },
  },
  {
    name: 'kube-state-metrics',
    purpose: 'exposes the object metrics that rules and boards read',
    version: '2.20.0',
    recipe: {
      kind: 'go-module',
      directory: 'kube-state-metrics',
      package: 'k8s.io/kube-state-metrics/v2',
      requires: 'k8s.io/kube-state-metrics/v2 v2.20.0',
    },
  },
] as const satisfies readonly Engine[];

/** Name of an engine of the registry. */
export type EngineName = (typeof ENGINES)[number]['name'];
