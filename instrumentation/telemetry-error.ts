/** A setting that telemetry cannot work with: where it stands, what was found, what is allowed, how to mend it. */
export class TelemetryError extends Error {
  override readonly name = 'TelemetryError';

  constructor(
    readonly fault: {
      readonly where: string;
      readonly found: string;
      readonly allowed: string;
      readonly mend: string;
    },
  ) {
    super(`${fault.where}: found ${fault.found}; allowed: ${fault.allowed}. ${fault.mend}`);
  }
}
