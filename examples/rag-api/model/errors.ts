/** How a call to a model failed, as it is counted. */
export type FailureOutcome = 'timeout' | 'rate_limited' | 'error';

/** A provider's refusal or fault. */
export class ProviderError extends Error {
  readonly outcome: FailureOutcome;
  /**
   * Requests that the provider still allows, where its answer says so.
   * @default - not said
   */
  readonly remainingRequests: number | undefined;

  constructor(outcome: FailureOutcome, message: string, remainingRequests?: number) {
    super(message);
    this.name = 'ProviderError';
    this.outcome = outcome;
    this.remainingRequests = remainingRequests;
  }
}
