import type { QueryCostOptions, ServiceName } from '../../../instrumentation';

/** How one process of the example runs. */
export interface Settings {
  readonly service: ServiceName;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly environment: string;
  readonly version: string;
  /** Whether faults may be switched on, from this machine only. */
  readonly faults: boolean;
  /** What all pretended times are multiplied by; 0 answers at once. */
  readonly latencyFactor: number;
  /** Start of all numbers that look random. */
  readonly seed: number;
  /** Share of the new answers that are evaluated, 0 to 1. */
  readonly evaluatedShare: number;
  /** How long an answer of the semantic cache may be given again. */
  readonly cacheSeconds: number;
  /** A session without a message for so long is over. */
  readonly sessionIdleSeconds: number;
  /** What "the last day" means for figures about users; less of it for a demonstration. */
  readonly daySeconds: number;
  /** How long requests are still taken once it is told to stop, while it says that it is not ready. */
  readonly drainSeconds: number;
  /**
   * What callers have to send as `Authorization: Bearer ...`.
   * @default - anyone may call
   */
  readonly apiKey?: string;
  /**
   * Address of the RAG service, for the other two.
   * @default - they do without
   */
  readonly ragApiUrl?: string;
  /**
   * Address of the upload pipeline, for the agent.
   * @default - the agent takes no documents
   */
  readonly uploadUrl?: string;
  /**
   * Address of OTLP over HTTP.
   * @default - no traces leave
   */
  readonly otlpEndpoint?: string;
  readonly logLevel: string;
  readonly logPromptText: boolean;
  /**
   * Sentry's DSN.
   * @default - Sentry is not loaded
   */
  readonly sentryDsn?: string;
  readonly queryCost: QueryCostOptions;
  /** Whether anything is measured. */
  readonly telemetry: boolean;
}

/** A process environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

const SERVICES: readonly ServiceName[] = ['rag-api', 'upload-pipeline', 'agent-api'];

/** Levels of log lines, all but the last from the least severe on. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/**
 * Reads the settings; a variable that is empty is as good as none, but for `API_KEY`.
 *
 * @throws Error with the variable, its value and what it may be
 */
export function settingsFrom(environment: Variables): Settings {
  const variables = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  return {
    service: oneOf(variables, 'SERVICE', SERVICES, 'rag-api'),
    host: variables['HOST'] ?? '127.0.0.1',
    port: number(variables, 'PORT', 8000, { most: 65_535, whole: true }),
    environment: variables['ENVIRONMENT'] ?? 'local',
    version: variables['VERSION'] ?? '0.1.0',
    faults: flag(variables, 'FAULTS', false),
    latencyFactor: number(variables, 'LATENCY_FACTOR', 1),
    seed: number(variables, 'SEED', 1),
    evaluatedShare: number(variables, 'EVALUATED_SHARE', 1, { most: 1 }),
    cacheSeconds: number(variables, 'CACHE_SECONDS', 60),
    sessionIdleSeconds: number(variables, 'SESSION_IDLE_SECONDS', 1800),
    daySeconds: number(variables, 'DAY_SECONDS', 86_400),
    drainSeconds: number(variables, 'DRAIN_SECONDS', 1, { most: 10 }),
    apiKey: apiKey(environment),
    ragApiUrl: variables['RAG_API_URL'],
    uploadUrl: variables['UPLOAD_URL'],
    otlpEndpoint: variables['OTLP_ENDPOINT'],
    logLevel: oneOf(variables, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    logPromptText: flag(variables, 'LOG_PROMPT_TEXT', false),
    sentryDsn: variables['SENTRY_DSN'],
    queryCost: queryCost(variables),
    telemetry: flag(variables, 'TELEMETRY', true),
  };
}

/** An empty key is a secret that went missing: to let anyone in would be the wrong answer to that. */
function apiKey({ API_KEY: key }: Variables): string | undefined {
  if (key?.trim() === '') throw new Error('API_KEY is empty; it is what callers send, or not set at all');
  return key;
}

function queryCost(variables: Variables): QueryCostOptions {
  const kind = oneOf(variables, 'QUERY_COST', ['off', 'emf', 'put-metric-data'] as const, 'off');
  if (kind === 'off') return { kind };
  const namespace = variables['QUERY_COST_NAMESPACE'];
  if (kind === 'emf') return { kind, namespace };
  const region = variables['AWS_REGION'] ?? 'ap-southeast-2';
  return { kind, namespace, region, endpoint: variables['CLOUDWATCH_ENDPOINT'] };
}

function number(
  variables: Variables,
  name: string,
  usual: number,
  { most = Infinity, whole = false }: { most?: number; whole?: boolean } = {},
): number {
  const text = variables[name];
  if (text === undefined) return usual;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= most) || (whole && !Number.isInteger(value))) {
    const kind = whole ? 'whole number' : 'number';
    throw new Error(
      `${name} is "${text}"; it is a ${kind} from 0 to ${String(most)}, ${String(usual)} unless set`,
    );
  }
  return value;
}

function flag(variables: Variables, name: string, usual: boolean): boolean {
  return oneOf(variables, name, ['0', '1'] as const, usual ? '1' : '0') === '1';
}

function oneOf<T extends string>(variables: Variables, name: string, allowed: readonly T[], usual: T): T {
  const text = variables[name] ?? usual;
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new Error(`${name} is "${text}"; it is one of ${allowed.join(', ')}`);
  return found;
}
