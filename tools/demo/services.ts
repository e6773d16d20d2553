import { join } from 'node:path';

/** What a service is told of the stack around it. */
export interface ServiceSurroundings {
  readonly port: number;
  /** Where it sends spans, `http://127.0.0.1:<port>`. @default - nothing takes spans */
  readonly otlpEndpoint?: string;
  /** Ports of all services by name, its own included. */
  readonly ports: ReadonlyMap<string, number>;
}

/** What the pod of a service would ask Kubernetes for. */
export interface ContainerResources {
  /** Bytes; asked for and never exceeded. */
  readonly memoryLimitBytes: number;
  /** Cores that it is sure to get; it may take more. */
  readonly cpuRequestCores: number;
}

/** A service of the application. */
export interface Service {
  /** Name of an application of the environment, such as `rag-api`. */
  readonly name: string;
  readonly resources: ContainerResources;
  /** How it is started; it answers on `/metrics` of its port. */
  command(surroundings: ServiceSurroundings): ServiceCommand;
}

/** A command with its variables. */
export interface ServiceCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Enough for a service of the example under the load of each scenario but `memory-leak`. */
const RESOURCES: ContainerResources = { memoryLimitBytes: 512 * 1024 * 1024, cpuRequestCores: 0.5 };

const ROOT = join(__dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'rag-api', 'main.ts');

/** The command that runs a TypeScript file. */
export function tsx(file: string, ...args: readonly string[]): Pick<ServiceCommand, 'command' | 'args'> {
  return {
    command: process.execPath,
    args: ['--import', require.resolve('tsx'), file, ...args],
  };
}

/** The services of `examples/rag-api`, whose faults can be set. */
export function exampleServices(names: readonly string[]): readonly Service[] {
  return names.map((name) => ({
    name,
    resources: RESOURCES,
    command: ({ port, otlpEndpoint, ports }) => ({
      ...tsx(EXAMPLE),
      env: {
        SERVICE: name,
        PORT: String(port),
        HOST: '127.0.0.1',
        FAULTS: '1',
        ...(otlpEndpoint !== undefined && { OTLP_ENDPOINT: otlpEndpoint }),
        ...urlOf('RAG_API_URL', ports.get('rag-api')),
        ...urlOf('UPLOAD_URL', ports.get('upload-pipeline')),
      },
    }),
  }));
}

function urlOf(variable: string, port: number | undefined): Readonly<Record<string, string>> {
  return port === undefined ? {} : { [variable]: `http://127.0.0.1:${String(port)}` };
}
