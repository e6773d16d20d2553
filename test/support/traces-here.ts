import { randomBytes } from 'node:crypto';
import { parseDocument } from 'yaml';
import { eventually, getJson } from './eventually';
import { freePorts, startProgram, type RunningProgram } from './programs';
import { commandOf, withArguments, type RenderedFolder } from './rendered';

/** The programs that take spans. */
type SpanProgram = 'jaeger' | 'otel-collector';

/** A value that a rendered file holds, and what it is here. */
export type Change = readonly [path: readonly (string | number)[], value: unknown];

/** A running Jaeger or Collector. */
export interface SpanProgramHere extends RunningProgram {
  /** Port here by port of the pod. */
  port(inPod: number): number;
}

/** How one is started. */
export interface SpanProgramOptions {
  readonly command: string;
  readonly program: SpanProgram;
  readonly folder: RenderedFolder;
  /**
   * Values that differ here; each must be in the rendered file.
   *
   * @default - none but addresses
   */
  readonly changes?: readonly Change[];
  /**
   * Variables of its process.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
}

const HEALTH_PORT = 13_133;

/**
 * config.yaml on loopback and free ports, so that two can run beside each other.
 *
 * @throws Error if a changed value is not in the rendered file
 */
function configHere(text: string, ports: ReadonlyMap<number, number>, changes: readonly Change[]): string {
  const document = parseDocument(text);
  for (const [path, value] of changes) {
    if (!document.hasIn(path)) throw new Error(`${path.join('.')} is not in the rendered file`);
    document.setIn(path, value);
  }
  // The port of the program's own metrics is a number of its own.
  const metrics = ['service', 'telemetry', 'metrics', 'readers', 0, 'pull', 'exporter', 'prometheus'];
  document.setIn([...metrics, 'host'], '127.0.0.1');
  document.setIn([...metrics, 'port'], ports.get(Number(document.getIn([...metrics, 'port']))));
  return [...ports].reduce(
    (done, [inPod, here]) =>
      done.replaceAll(
        new RegExp(`(0\\.0\\.0\\.0|localhost):${String(inPod)}\\b`, 'g'),
        `127.0.0.1:${String(here)}`,
      ),
    document.toString(),
  );
}

/** Ports that the rendered file listens on. */
function listeningPorts(text: string): readonly number[] {
  const addresses = [...text.matchAll(/(?:0\.0\.0\.0|localhost):(\d+)/g)].map((match) => Number(match[1]));
  const metrics = /host: 0\.0\.0\.0\n\s+port: (\d+)/.exec(text);
  return [...addresses, Number(metrics?.[1])];
}

/** Starts Jaeger or the Collector with the rendered file and the stack's arguments, on loopback. */
export async function startSpanProgram(options: SpanProgramOptions): Promise<SpanProgramHere> {
  const { folder, program: name } = options;
  const file = `${name}/config.yaml`;
  const text = folder.read(file);
  const inPod = listeningPorts(text);
  const free = await freePorts(inPod.length);
  const ports = new Map(inPod.map((port, index) => [port, free[index] ?? 0]));
  const here = `${name}/config.here.yaml`;
  folder.write(here, configHere(text, ports, options.changes ?? []));
  const port = (wanted: number) => {
    const found = ports.get(wanted);
    if (found === undefined) throw new Error(`${file} has no port ${String(wanted)}`);
    return found;
  };
  const { args, env } = commandOf(folder.environment, name);
  const program = await startProgram({
    command: options.command,
    args: withArguments(args, { '--config': folder.file(here) }),
    env: { ...env, ...options.env },
    readyUrl: `http://127.0.0.1:${String(port(HEALTH_PORT))}${name === 'jaeger' ? '/status' : '/'}`,
  });
  return { pid: program.pid, logs: () => program.logs(), stop: () => program.stop(), port };
}

/** A span to send. */
export interface SpanToSend {
  readonly name: string;
  /** @default - none */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Message of a failure. @default - it did not fail */
  readonly error?: string;
  /** One event, such as an exception. @default - no event */
  readonly event?: Named;
  /** Attributes of the sender, beside its name. @default - none */
  readonly resource?: Readonly<Record<string, string>>;
  /** The library that made the span. @default - not said */
  readonly scope?: Named;
}

/** A name with attributes. */
export interface Named {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function otlpAttributes(attributes: Readonly<Record<string, string>> = {}) {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

/**
 * Sends one span of the service `rag-api` by OTLP over HTTP.
 *
 * @returns the trace's id
 */
export async function sendSpan(port: number, span: SpanToSend): Promise<string> {
  const traceId = randomBytes(16).toString('hex');
  const end = BigInt(Date.now()) * 1_000_000n;
  const times = { startTimeUnixNano: String(end - 5_000_000n), endTimeUnixNano: String(end) };
  const sent = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: span.name,
    kind: 2,
    ...times,
    attributes: otlpAttributes(span.attributes),
    ...(span.error !== undefined && { status: { code: 2, message: span.error } }),
    ...(span.event && {
      events: [
        {
          timeUnixNano: times.endTimeUnixNano,
          name: span.event.name,
          attributes: otlpAttributes(span.event.attributes),
        },
      ],
    }),
  };
  const answer = await fetch(`http://127.0.0.1:${String(port)}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: otlpAttributes({ 'service.name': 'rag-api', ...span.resource }) },
          scopeSpans: [
            {
              scope: span.scope && { ...span.scope, attributes: otlpAttributes(span.scope.attributes) },
              spans: [sent],
            },
          ],
        },
      ],
    }),
  });
  if (!answer.ok) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  return traceId;
}

/** A span as Jaeger's query API shows it. */
export interface FoundSpan {
  readonly operationName: string;
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
  readonly logs: readonly { readonly fields: readonly { readonly key: string; readonly value: unknown }[] }[];
}

/** A trace as Jaeger's query API shows it. */
export interface FoundTrace {
  readonly spans: readonly FoundSpan[];
  /** What the senders say of themselves, by a name that the spans refer to. */
  readonly processes: Readonly<Record<string, unknown>>;
}

/** Waits until Jaeger's query API finds a trace. */
export async function findTrace(queryPort: number, traceId: string): Promise<FoundTrace> {
  const url = `http://127.0.0.1:${String(queryPort)}/api/traces/${traceId}`;
  const { data } = await eventually(
    `trace ${traceId} in Jaeger`,
    () => getJson(url) as Promise<{ data: readonly FoundTrace[] }>,
    (answer) => answer.data.length > 0,
  );
  const [trace] = data;
  if (trace === undefined) throw new Error(`${url} answered no trace`);
  return trace;
}
