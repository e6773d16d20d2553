import pino from 'pino';
import type { DestinationStream, Logger, LoggerOptions } from 'pino';
import { kindOfError } from '../error-kind';
import type { TelemetryOptions } from '../options';
import { activeTrace, xrayTraceId } from '../tracing/active-trace';

/** Fields in which services put what people ask and what models answer. */
export const PROMPT_FIELDS = [
  'prompt',
  'question',
  'query',
  'answer',
  'context',
  'messages',
  'completion',
  'documents',
] as const;

/** Stands in a line for text that may not be logged. */
export const REDACTED = '[redacted]';

/** Options by which lines hold no text of prompts, and errors only their kind and where they were thrown. */
const WITHOUT_CONTENT: LoggerOptions = {
  redact: { paths: PROMPT_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: REDACTED },
  serializers: { error: errorWithoutText, err: errorWithoutText },
  hooks: {
    logMethod(args, method) {
      const [first, ...rest] = args as unknown[];
      // pino takes an error's text for the line's message where it is given no other.
      const error = rest.length === 0 ? errorOf(first) : undefined;
      if (error === undefined) method.apply(this, args);
      else method.call(this, first, error instanceof Error ? error.name : 'error');
    },
  },
};

/** The error that a line is about, whose text pino would take for its message. */
function errorOf(first: unknown): unknown {
  if (first instanceof Error) return first;
  if (typeof first !== 'object' || first === null || 'message' in first || !('error' in first))
    return undefined;
  return first.error ?? undefined;
}

function errorWithoutText(error: unknown): unknown {
  if (!(error instanceof Error)) return REDACTED;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { type: error.name, kind: kindOfError(error), stack: frames.join('\n') };
}

/** What the logger is told. */
type LoggingOptions = Pick<
  TelemetryOptions,
  'service' | 'version' | 'environment' | 'logLevel' | 'logPromptText' | 'destination'
>;

/**
 * The process's logger. A line is a JSON object: `level` as a word, `time` as ISO 8601, `message`, `service`, `version`,
 * `environment`, and within a span `trace_id` (as Jaeger and exemplars have it), `span_id` and `xray_trace_id` (the same
 * trace as X-Ray writes it). Fields of prompts are redacted at the top of a line and one level below, and errors lose
 * their text but not their kind, unless prompt text may be logged.
 */
export function startLogging(options: LoggingOptions): Logger {
  const { service, version, environment, logPromptText = false } = options;
  return pino(
    {
      level: options.logLevel ?? 'info',
      base: { service, version, environment },
      messageKey: 'message',
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      mixin: traceFields,
      ...(logPromptText ? { serializers: { error: pino.stdSerializers.err } } : WITHOUT_CONTENT),
    },
    options.destination ?? stdout(),
  );
}

function traceFields(): Record<string, string> {
  const active = activeTrace();
  if (active === undefined) return {};
  return {
    trace_id: active.traceId,
    span_id: active.spanId,
    xray_trace_id: xrayTraceId(active.traceId),
  };
}

/** Lines leave at once: what is buffered is lost when a process is killed, and that is when it is needed. */
function stdout(): DestinationStream {
  return pino.destination({ dest: 1, sync: true });
}
