import type { ServiceName } from '../../../instrumentation';
import type { FaultValues } from '../service/faults';

/** An alert that a scenario raises. */
export interface ExpectedAlert {
  readonly alert: string;
  readonly severity: 'info' | 'warning' | 'critical';
  /**
   * Whose alert it is.
   * @default 'rag'
   */
  readonly team?: 'platform' | 'rag';
  /**
   * What has to be there besides the service: `day-of-history` means that the alert compares with the day before.
   * @default - nothing
   */
  readonly needs?: 'day-of-history';
}

/** Requests by kind, as shares of the rate that is asked for. */
export interface Traffic {
  readonly queries: number;
  readonly chats: number;
  readonly uploads: number;
}

/** A state of the application that monitoring should see. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly faults: Readonly<Partial<Record<ServiceName, FaultValues>>>;
  readonly traffic: Traffic;
  /** All alerts that it raises, and no others. */
  readonly expects: readonly ExpectedAlert[];
}

const USUAL: Traffic = { queries: 1, chats: 0.2, uploads: 0.05 };

/** Both call the same provider. */
function atProvider(faults: FaultValues): Scenario['faults'] {
  return { 'rag-api': faults, 'agent-api': faults };
}

const warning = (alert: string): ExpectedAlert => ({ alert, severity: 'warning' });
const critical = (alert: string): ExpectedAlert => ({ alert, severity: 'critical' });
const afterDay = (expected: ExpectedAlert): ExpectedAlert => ({ ...expected, needs: 'day-of-history' });

/** The scenarios. Where an alert has two tiers, both fire; Alertmanager tells the higher one. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'normal',
    about: 'All is well.',
    faults: {},
    traffic: USUAL,
    expects: [],
  },
  {
    name: 'cost-spike',
    about: 'A careless change sends prompts that are far too long to a dear model.',
    faults: { 'rag-api': { costSpike: 150_000 } },
    traffic: USUAL,
    expects: [
      warning('HighQueryCost'),
      warning('QueryCostOutliers'),
      warning('HighCostBurn'),
      critical('HighCostBurn'),
      critical('DailyCostBudgetExceeded'),
      warning('MonthlyCostBurn'),
      warning('RagCostBudgetBurn'),
      afterDay(warning('ContextGrowth')),
      afterDay(warning('TokenRateSpike')),
    ],
  },
  {
    name: 'provider-rate-limited',
    about: 'The provider refuses every second call, as others use up the quota.',
    faults: atProvider({ providerRateLimited: 0.5 }),
    traffic: USUAL,
    expects: [
      warning('ProviderRateLimited'),
      warning('RateLimitWarning'),
      warning('ModelFallbacks'),
      warning('AgentLlmCallsFailing'),
    ],
  },
  {
    name: 'provider-down',
    about: 'The provider answers nothing but errors, and another one takes over.',
    faults: atProvider({ providerDown: 1 }),
    traffic: USUAL,
    expects: [
      warning('ProviderFailing'),
      critical('ProviderFailing'),
      warning('ModelFallbacks'),
      warning('AgentLlmCallsFailing'),
      // The other model never wrote so much.
      afterDay(warning('TokenRateSpike')),
    ],
  },
  {
    name: 'slow-retrieval',
    about: 'Each search in the vector store takes most of a second; answers still come in time.',
    faults: { 'rag-api': { slowRetrieval: 0.8 } },
    traffic: USUAL,
    expects: [warning('SlowVectorSearch')],
  },
  {
    name: 'empty-retrieval',
    about: 'More than half of the searches find nothing.',
    faults: { 'rag-api': { emptyRetrieval: 0.6 } },
    traffic: USUAL,
    expects: [warning('EmptyRetrievals')],
  },
  {
    name: 'quality-drop',
    about: 'A broken model of embeddings finds the wrong documents, and the model makes up its answers.',
    faults: atProvider({ qualityDrop: 0.95 }),
    traffic: USUAL,
    expects: [
      warning('LowRelevance'),
      warning('LowContextPrecision'),
      warning('LowGroundedness'),
      warning('RagQualityBudgetBurn'),
      warning('NegativeFeedback'),
      warning('LowResponseQuality'),
      warning('LowUserSatisfaction'),
      afterDay(warning('QualityDrift')),
    ],
  },
  {
    name: 'cache-collapse',
    about: 'The semantic cache finds nothing of what it holds.',
    faults: { 'rag-api': { cacheCollapse: 1 } },
    traffic: USUAL,
    expects: [
      warning('LowCacheHitRate'),
      // The model is asked for each question that the cache would have answered.
      afterDay(warning('ContextGrowth')),
      afterDay(warning('TokenRateSpike')),
    ],
  },
  {
    name: 'queue-growth',
    about: 'Many documents come, and no worker takes them.',
    faults: { 'upload-pipeline': { queueStuck: 1 } },
    traffic: { ...USUAL, uploads: 1 },
    expects: [
      warning('UploadQueueGrowing'),
      warning('UploadQueueOld'),
      critical('UploadQueueOld'),
      critical('UploadWorkersStalled'),
    ],
  },
  {
    name: 'memory-leak',
    about: 'The RAG service keeps 4 MiB more with each second.',
    faults: { 'rag-api': { memoryLeak: 4 } },
    traffic: USUAL,
    expects: [{ ...warning('HighMemoryUsage'), team: 'platform' }],
  },
  {
    name: 'error-burst',
    about: 'Three requests in ten fail.',
    faults: { 'rag-api': { errorBurst: 0.3 } },
    traffic: USUAL,
    expects: [
      warning('HighErrorRate'),
      critical('HighErrorRate'),
      warning('RagAvailabilityBudgetBurn'),
      critical('RagAvailabilityBudgetBurn'),
    ],
  },
  {
    name: 'traffic-zero',
    about: 'Nobody asks anything any more.',
    faults: {},
    traffic: { queries: 0, chats: 0, uploads: 0 },
    expects: [afterDay(critical('TrafficStopped'))],
  },
];

/**
 * The scenario of a name.
 *
 * @throws Error with the names that there are
 */
export function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `no scenario "${name}"; there are ${SCENARIOS.map((scenario) => scenario.name).join(', ')}`,
  );
}
