/** A model of a provider. */
export interface Model {
  readonly provider: string;
  readonly model: string;
  /** Median time to the first token, in milliseconds. */
  readonly firstTokenMilliseconds: number;
  readonly tokensPerSecond: number;
  /** Requests that the provider allows in a minute. */
  readonly requestsPerMinute: number;
}

/** Models by what they are for. The price table of instrumentation/ has prices of each. */
export const MODELS = {
  /** Answers, as long as it can. */
  primary: {
    provider: 'aws.bedrock',
    model: 'amazon.nova-micro-v1:0',
    firstTokenMilliseconds: 140,
    tokensPerSecond: 450,
    requestsPerMinute: 60_000,
  },
  /** Of another provider: answers when the first one does not. */
  fallback: {
    provider: 'anthropic',
    model: 'claude-haiku-5-5',
    firstTokenMilliseconds: 220,
    tokensPerSecond: 350,
    requestsPerMinute: 60_000,
  },
  /** What a careless change of configuration might choose. */
  dear: {
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    firstTokenMilliseconds: 240,
    tokensPerSecond: 400,
    requestsPerMinute: 60_000,
  },
} as const satisfies Record<string, Model>;

/** Model of embeddings. */
export const EMBEDDING_MODEL = { provider: 'aws.bedrock', model: 'amazon.titan-embed-text-v2:0' } as const;
