import { SpanKind } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
} from '@opentelemetry/semantic-conventions/incubating';
import { failedOutcome } from './error-kind';
import type { CallOutcome } from './metrics/label-values';
import { countUsage, hasTokens } from './model-usage';
import type { ModelOperation } from './options';
import type { FailedCall, ModelUsage } from './outcomes';
import { stopwatch } from './stopwatch';
import type { AgentTelemetry, RagTelemetry } from './telemetry';
import { withSpan } from './tracing/spans';

/**
 * Of the GenAI conventions since they have a repository of their own. The package follows them no more: it calls the first
 * one deprecated, and has the second one only by the name that it had before, `cache_creation`.
 */
const ATTR_TIME_TO_FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk';
const ATTR_CACHE_WRITE_INPUT_TOKENS = 'gen_ai.usage.cache_write.input_tokens';

/** A call to a model. */
export interface ModelCall {
  readonly provider: string;
  readonly model: string;
  /** @default 'chat' */
  readonly operation?: ModelOperation;
}

/**
 * Runs one call to a model: outcome, time, time to the first token, tokens, cost, and a span by the GenAI conventions.
 * An error's `outcome` (`timeout`, `rate_limited`, `error`) is the call's. A call for embeddings is no call to a language
 * model: it has a span and a cost. The agent's calls have no tokens and cost in the contract.
 */
export async function modelCall<T extends { readonly usage: ModelUsage }>(
  telemetry: RagTelemetry | AgentTelemetry,
  call: ModelCall,
  run: (firstToken: () => void) => Promise<T>,
): Promise<T> {
  if (!telemetry.enabled) return run(() => undefined);
  return withSpan(telemetry.tracer, spanPlan(call), async (span) => {
    const seconds = stopwatch();
    let untilFirst: number | undefined;
    let outcome: CallOutcome = 'success';
    try {
      const answer = await run(() => (untilFirst ??= seconds()));
      if (hasTokens(answer.usage)) describeUsage(span, answer.usage);
      if (telemetry.service === 'rag-api') countUsage(telemetry, answer.usage);
      return answer;
    } catch (error) {
      outcome = failedOutcome(error);
      const usage = billedUsage(error);
      if (usage !== undefined && telemetry.service === 'rag-api') countUsage(telemetry, usage);
      throw error;
    } finally {
      if (untilFirst !== undefined) span.setAttribute(ATTR_TIME_TO_FIRST_CHUNK, untilFirst);
      recordCall(telemetry, call, { outcome, seconds: seconds(), untilFirst });
    }
  });
}

function spanPlan({ provider, model, operation = 'chat' }: ModelCall) {
  return {
    name: `${operation} ${model}`,
    kind: SpanKind.CLIENT,
    attributes: {
      [ATTR_GEN_AI_OPERATION_NAME]: operation,
      [ATTR_GEN_AI_PROVIDER_NAME]: provider,
      [ATTR_GEN_AI_REQUEST_MODEL]: model,
    },
  };
}

/** The conventions count cached tokens as input as well. */
function describeUsage(span: Span, usage: ModelUsage): void {
  const { cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  span.setAttributes({
    [ATTR_GEN_AI_RESPONSE_MODEL]: usage.model,
    [ATTR_GEN_AI_USAGE_INPUT_TOKENS]: usage.inputTokens + cacheReadTokens + cacheWriteTokens,
    [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: usage.outputTokens ?? 0,
    [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: cacheReadTokens,
    [ATTR_CACHE_WRITE_INPUT_TOKENS]: cacheWriteTokens,
  });
}

function billedUsage(error: unknown): ModelUsage | undefined {
  return typeof error === 'object' && error !== null ? (error as Partial<FailedCall>).usage : undefined;
}

function recordCall(
  telemetry: RagTelemetry | AgentTelemetry,
  { provider, model, operation }: ModelCall,
  call: { readonly outcome: CallOutcome; readonly seconds: number; readonly untilFirst: number | undefined },
): void {
  if (operation === 'embeddings') return;
  const labels = { provider, model };
  const metrics = telemetry.service === 'rag-api' ? telemetry.rag : telemetry.agent;
  metrics.llmRequests.inc({ ...labels, outcome: call.outcome });
  metrics.llmDuration.observe(labels, call.seconds);
  if (telemetry.service === 'rag-api' && call.untilFirst !== undefined) {
    telemetry.rag.llmTimeToFirstToken.observe(labels, call.untilFirst);
  }
}
