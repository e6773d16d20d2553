import { stage } from '../../../instrumentation';
import type { RagTelemetry } from '../../../instrumentation';
import { answerOf } from '../model/answering';
import type { Answered } from '../model/answering';
import { MODELS } from '../model/models';
import type { Model } from '../model/models';
import type { PretendedProvider } from '../model/provider';
import type { Found } from '../retrieval/vector-index';
import type { Faults } from '../service/faults';
import { CHARACTERS_PER_TOKEN } from '../text/words';

/** Version of the prompt, which `rag_build_info` tells. */
export const PROMPT_VERSION = '3';

const SYSTEM_PROMPT =
  'Answer the question from the passages below and from nothing else. Where they do not hold the answer, say so.';

/** What an answer is generated with. */
export interface GenerateOptions {
  readonly telemetry: RagTelemetry;
  readonly provider: PretendedProvider;
  readonly faults: Faults;
}

/** The stage `generate`: one model, or the fallback. */
export function generate(
  { telemetry, provider, faults }: GenerateOptions,
  question: string,
  found: readonly Found[],
  onPiece?: (piece: string) => void,
): Promise<Answered> {
  const { rag } = telemetry;
  const passages = found.map(({ chunk }) => chunk);
  const extraTokens = faults.value('costSpike');
  const models: readonly [Model, ...Model[]] = [
    extraTokens > 0 ? MODELS.dear : MODELS.primary,
    MODELS.fallback,
  ];
  return stage(telemetry, 'generate', {}, () =>
    answerOf(
      telemetry,
      provider,
      {
        models,
        // A template that repeats itself makes the prompt longer, and the answer no better.
        system: SYSTEM_PROMPT.padEnd(
          SYSTEM_PROMPT.length + extraTokens * CHARACTERS_PER_TOKEN,
          SYSTEM_PROMPT,
        ),
        passages,
        question,
        onPiece,
      },
      {
        fellBack: (from, to) => {
          rag.llmFallbacks.inc({ from_model: from.model, to_model: to.model });
        },
        remaining: ({ provider: name, model }, requests) => {
          rag.llmRateLimitRemainingRequests.set({ provider: name, model }, requests);
        },
      },
    ),
  );
}
