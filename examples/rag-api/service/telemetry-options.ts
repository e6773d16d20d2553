import type { TelemetryOptions } from '../../../instrumentation';
import type { Settings } from './settings';

/** What the telemetry of each service is told of the settings. */
export function telemetryOptions({
  version,
  environment,
  otlpEndpoint,
  logLevel,
  logPromptText,
  sentryDsn,
  queryCost,
  telemetry,
}: Settings): Omit<TelemetryOptions, 'service'> {
  return {
    version,
    environment,
    otlpEndpoint,
    logLevel,
    logPromptText,
    sentryDsn,
    queryCost,
    enabled: telemetry,
  };
}
