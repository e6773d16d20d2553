import type { TelemetryOptions } from '../options';
import { activeTrace } from '../tracing/active-trace';
import { withoutContent } from './without-content';

/** Takes errors that a person should see. */
export interface ErrorReporter {
  report(error: unknown, tags: Readonly<Record<string, string>>): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** A reporter that reports nothing. */
export const NO_ERRORS: ErrorReporter = {
  report: () => undefined,
  close: () => Promise.resolve(),
};

/** Milliseconds that the end of a process waits for Sentry. */
const CLOSE_MS = 2000;

/** What Sentry is told. */
type ReporterOptions = Pick<
  TelemetryOptions,
  'service' | 'version' | 'environment' | 'sentryDsn' | 'logPromptText'
>;

/**
 * Sends errors to Sentry with the trace's id, where there is a DSN; Sentry is loaded only then. Errors alone go: traces
 * have their own way, and what people ask is taken out unless it may be logged.
 */
export function errorReporter(options: ReporterOptions): ErrorReporter {
  const { sentryDsn } = options;
  if (sentryDsn === undefined || sentryDsn === '') return NO_ERRORS;
  const loaded = loadSentry({ ...options, sentryDsn });
  return {
    report(error, tags) {
      const trace = activeTrace();
      const all = trace === undefined ? tags : { ...tags, trace_id: trace.traceId };
      void loaded.then(({ captureException }) => captureException(error, { tags: all }));
    },
    async close() {
      const { close } = await loaded;
      await close(CLOSE_MS);
    },
  };
}

async function loadSentry(options: ReporterOptions & { readonly sentryDsn: string }) {
  const sentry = await import('@sentry/node');
  sentry.init({
    dsn: options.sentryDsn,
    release: `${options.service}@${options.version}`,
    environment: options.environment,
    // The defaults take over uncaught errors, HTTP, the console and the loading of modules; this process has its own ways.
    defaultIntegrations: false,
    enableRuntimeChannelInjection: false,
    ...(options.logPromptText === true ? {} : { beforeSend: withoutContent }),
  });
  return sentry;
}
