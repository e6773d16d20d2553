import type { Application } from '../../environments/environment';
import { loadTargets } from '../demo/load';

/** A service of a Compose file, as far as this project writes one. */
export interface ComposeService {
  readonly image: string;
  /** @default - the image is pulled */
  readonly build?: { readonly context: string; readonly dockerfile: string };
  /** @default - the image's own */
  readonly entrypoint?: readonly string[];
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  /** @default - none */
  readonly volumes?: readonly {
    readonly type: 'bind' | 'volume';
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  /** @default - none is published */
  readonly ports?: readonly string[];
  /** @default - the name of the service alone */
  readonly networks?: Readonly<Record<string, { readonly aliases: readonly string[] }>>;
  /** @default - none */
  readonly extra_hosts?: readonly string[];
  /** @default - started with the others */
  readonly depends_on?: readonly string[];
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly restart: 'unless-stopped' | 'on-failure';
  /** @default - 10s, Docker's own */
  readonly stop_grace_period?: string;
}

/** Built from the checkout, so that the packages fit the container and not the machine. */
const BUILD = { context: '..', dockerfile: 'compose/Dockerfile' };

/** Where spans go. */
const OTLP_ENDPOINT = 'http://otel-collector:4318';

/** The services of `examples/rag-api`, one container each, and requests to them. */
export function exampleServices(
  applications: readonly Application[],
): Readonly<Record<string, ComposeService>> {
  const services = Object.fromEntries(
    applications.map((application, index) => [application.name, exampleService(application, index)]),
  );
  return { ...services, load: load(applications) };
}

function exampleService({ name, metricsPort }: Application, index: number): ComposeService {
  return {
    ...fromCheckout(['examples/rag-api/main.ts']),
    environment: {
      SERVICE: name,
      HOST: '0.0.0.0',
      PORT: String(metricsPort),
      OTLP_ENDPOINT,
      RAG_API_URL: 'http://rag-api:8000',
      UPLOAD_URL: 'http://upload-pipeline:8000',
    },
    ports: [`127.0.0.1:${String(metricsPort + index)}:${String(metricsPort)}`],
    restart: 'unless-stopped',
    // As long as Kubernetes gives: requests under way end, and what was measured is sent.
    stop_grace_period: '30s',
  };
}

function load(applications: readonly Application[]): ComposeService {
  const targets = loadTargets(
    Object.fromEntries(
      applications.map(({ name, metricsPort }) => [name, `http://${name}:${String(metricsPort)}`]),
    ),
  );
  return {
    ...fromCheckout(['examples/rag-api/load/main.ts', '--scenario', 'normal', ...targets]),
    depends_on: applications.map(({ name }) => name),
    restart: 'unless-stopped',
  };
}

function fromCheckout(command: readonly string[]): Omit<ComposeService, 'restart'> {
  return {
    image: 'rag-monitoring-example',
    build: BUILD,
    command: ['node', '--import', 'tsx', ...command],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  };
}
