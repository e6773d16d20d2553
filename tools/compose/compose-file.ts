import { parse } from 'yaml';
import { secretFile, type Component } from '../../constructs/kubernetes/component';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import type { PrometheusConfig } from '../../constructs/prometheus/prometheus-config';
import type { MonitoringModel } from '../../stacks/monitoring-model';
import { renderedFiles } from '../../stacks/rendered-files';
import type { Place } from '../demo/place';
import { withoutKubernetes, type LeftOut } from '../demo/static-discovery';
import { commandIn, type Resources } from '../processes/stack-command';
import { exampleServices, type ComposeService } from './example-services';

/** Folder beside the Compose file with what the containers mount as `/etc/<component>`. */
export const FILES_FOLDER = 'files';

const PROMETHEUS_FILE = 'prometheus/prometheus.yml';

/** Components that run in containers of one machine: those that read neither the Kubernetes API nor nodes' files. */
const PROGRAMS = ['prometheus', 'alertmanager', 'grafana', 'jaeger', 'otelCollector'] as const;

/** Ports that people and a program on the machine itself reach, by component. */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['http'],
  alertmanager: ['http'],
  grafana: ['http'],
  jaeger: ['query'],
  'otel-collector': ['otlp-grpc', 'otlp-http'],
};

/** Where a program keeps what must outlive its container. */
const DATA: Readonly<Record<string, string>> = {
  prometheus: '/prometheus',
  alertmanager: '/alertmanager',
  grafana: '/var/lib/grafana',
};

/** Argument with the address that people see pages at. */
const PAGES = '--web.external-url=';

/** Name by which a container calls the machine itself. */
const MACHINE = 'host.docker.internal';

/** Where nobody has set another password: the page is on loopback only. */
const PASSWORD = '${GRAFANA_ADMIN_PASSWORD:-admin}';

/** What `npm run compose` writes. */
export interface ComposeOutput {
  /** The Compose file. */
  readonly compose: string;
  /** What the containers mount, by path below {@link FILES_FOLDER}. */
  readonly files: ReadonlyMap<string, string>;
  /** Jobs that find nothing without Kubernetes. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * The stack of an environment as a Compose file with the files of `npm run render`. Each container answers to the name
 * of its Service in the cluster, so that only Prometheus' discovery differs.
 *
 * @param resources the environment's resources, which say how the stack starts each program
 */
export function composeOutput(model: MonitoringModel, resources: Resources): ComposeOutput {
  const components = PROGRAMS.map((key) => model.components[key]);
  const examples = exampleServices(model.environment.applications);
  const rendered = renderedFiles(model);
  const { config, leftOut } = withoutKubernetes(
    model,
    parse(rendered.get(PROMETHEUS_FILE) ?? '') as PrometheusConfig,
    placeOf(components, Object.keys(examples), model),
  );
  const files = new Map(
    [...rendered, [PROMETHEUS_FILE, renderYaml(config)] as const].filter(([path]) =>
      components.some(({ name }) => path.startsWith(`${name}/`)),
    ),
  );
  const document = {
    name: 'rag-monitoring',
    services: {
      ...Object.fromEntries(
        components.map((component) => [component.name, service(component, resources, files)]),
      ),
      silence: silence(leftOut, commandIn(resources, 'alertmanager').image),
      ...examples,
    },
    configs: Object.fromEntries(
      components.flatMap(({ secrets }) =>
        secrets.map(({ name, key }) => [`${name}-${key}`, { content: PASSWORD }]),
      ),
    ),
    volumes: Object.fromEntries(Object.keys(DATA).map((name) => [name, {}])),
  };
  return {
    compose: `# Written by npm run compose.\n${renderYaml(document)}`,
    files,
    leftOut,
  };
}

/** Containers of one network: each has its own name and the ports of its pod. */
function placeOf(
  components: readonly Component[],
  examples: readonly string[],
  { environment }: MonitoringModel,
): Place {
  const ports = new Map(environment.applications.map(({ name, metricsPort }) => [name, metricsPort]));
  return {
    node: 'compose',
    component: (name, port) =>
      components.some((component) => component.name === name) ? { host: name, port } : undefined,
    application: (name) => {
      const port = ports.get(name);
      return port === undefined || !examples.includes(name) ? undefined : { host: name, port };
    },
  };
}

function service(
  component: Component,
  resources: Resources,
  files: ReadonlyMap<string, string>,
): ComposeService {
  const { name, namespace, secrets, ports } = component;
  const { image, env, args: given } = commandIn(resources, name);
  const args = [...given.filter((argument) => !argument.startsWith(PAGES)), ...pagesOf(component)];
  const callsMachine = [...files].some(
    ([path, text]) => path.startsWith(`${name}/`) && text.includes(MACHINE),
  );
  const data = DATA[name];
  return {
    image,
    ...(args.length > 0 && { command: args.map(literal) }),
    ...(Object.keys(env).length > 0 && { environment: env }),
    ...(secrets.length > 0 && {
      configs: secrets.map((secret) => ({
        source: `${secret.name}-${secret.key}`,
        target: secretFile(secret),
      })),
    }),
    volumes: [
      { type: 'bind', source: `./${FILES_FOLDER}/${name}`, target: `/etc/${name}`, read_only: true },
      ...(data === undefined ? [] : [{ type: 'volume' as const, source: name, target: data }]),
    ],
    ports: ports
      .filter((port) => PUBLISHED[name]?.includes(port.name) === true)
      .map(({ number }) => `127.0.0.1:${String(number)}:${String(number)}`),
    networks: { default: { aliases: [`${name}.${namespace}.svc`] } },
    // Docker on Linux knows the machine's own name only if told.
    ...(callsMachine && { extra_hosts: [`${MACHINE}:host-gateway`] }),
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    restart: 'unless-stopped',
  };
}

/** Prometheus and Alertmanager write links to themselves into notifications. */
function pagesOf({ name, ports }: Component): readonly string[] {
  if (name !== 'prometheus' && name !== 'alertmanager') return [];
  const published = ports.find((port) => port.name === 'http');
  return published === undefined ? [] : [`${PAGES}http://localhost:${String(published.number)}`];
}

/** Compose replaces $NAME by variables; $$ is a dollar sign. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** Alerts about what runs in no container are right, and told to nobody. */
function silence(leftOut: readonly LeftOut[], image: string): ComposeService {
  const jobs = leftOut.map(({ job }) => job).join('|');
  return {
    image,
    entrypoint: ['/bin/amtool'],
    command: [
      'silence',
      'add',
      '--alertmanager.url=http://alertmanager:9093',
      '--duration=30d',
      '--author=docker compose',
      '--comment=These jobs have no targets on this machine.',
      `job=~"${jobs}"`,
    ],
    depends_on: ['alertmanager'],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    restart: 'on-failure',
  };
}
