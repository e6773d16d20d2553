import type { KnownValues } from '../options';

/** What a cost is for. */
export type CostService = 'llm' | 'embeddings' | 'storage';

/** Label sets that are there before the first event, of what the application knows about itself. */
export interface StartingLabels {
  readonly domains: readonly { readonly domain: string }[];
  readonly indexes: readonly { readonly index: string }[];
  readonly queues: readonly { readonly queue: string }[];
  readonly workflows: readonly { readonly workflow: string }[];
  readonly plans: readonly { readonly plan: string }[];
  /** Language models; those of embeddings are no calls to a language model. */
  readonly chatModels: readonly { readonly provider: string; readonly model: string }[];
  readonly chatModelNames: readonly { readonly model: string }[];
  readonly costs: readonly { readonly service: CostService; readonly model: string }[];
}

/** Sorts what the application knows by the metrics that need it. */
export function startingLabels(known: KnownValues = {}): StartingLabels {
  const models = known.models ?? [];
  const chat = models.filter(({ operation }) => operation !== 'embeddings');
  const names = [...new Set(chat.map(({ model }) => model))];
  return {
    domains: (known.domains ?? ['default']).map((domain) => ({ domain })),
    indexes: (known.indexes ?? []).map((index) => ({ index })),
    queues: (known.queues ?? []).map((queue) => ({ queue })),
    workflows: (known.workflows ?? []).map((workflow) => ({ workflow })),
    plans: (known.plans ?? []).map((plan) => ({ plan })),
    chatModels: chat.map(({ provider, model }) => ({ provider, model })),
    chatModelNames: names.map((model) => ({ model })),
    costs: [
      ...names.map((model) => ({ service: 'llm' as const, model })),
      ...models
        .filter(({ operation }) => operation === 'embeddings')
        .map(({ model }) => ({ service: 'embeddings' as const, model })),
      { service: 'storage', model: 'none' },
    ],
  };
}
