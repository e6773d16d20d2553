import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';
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

/** Levels by the names that the log group's metric filters count. */
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
      ...(logPromptText
        ? {}
        : { redact: { paths: PROMPT_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: REDACTED } }),
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
