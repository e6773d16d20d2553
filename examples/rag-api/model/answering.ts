import { modelCall } from '../../../instrumentation';
import type { AgentTelemetry, ModelUsage, RagTelemetry } from '../../../instrumentation';
import { ProviderError } from './errors';
import type { Model } from './models';
import type { ChatRequest, PretendedProvider } from './provider';

/** An answer with what it took. */
export interface Answered {
  readonly text: string;
  /** The model that answered. */
  readonly model: string;
  /** Calls that succeeded. */
  readonly usage: readonly ModelUsage[];
}

/** What to ask, of whom, and of whom else when that fails. */
export interface Question extends Omit<ChatRequest, 'model' | 'onPiece'> {
  readonly models: readonly [Model, ...Model[]];
  /**
   * Called with each piece of the answer as it comes.
   * @default - nobody waits for pieces
   */
  readonly onPiece?: (piece: string) => void;
}

/** What a caller is told of its calls. */
export interface CallObserver {
  /** Another model is asked, because the first one failed or refused. */
  readonly fellBack?: (from: Model, to: Model) => void;
  /** How many requests the provider still allows. */
  readonly remaining?: (model: Model, requests: number) => void;
}

/**
 * Asks the models in their order until one answers.
 *
 * @throws ProviderError of the last one where none does
 */
export async function answerOf(
  telemetry: RagTelemetry | AgentTelemetry,
  provider: PretendedProvider,
  { models, onPiece, ...question }: Question,
  observer: CallObserver = {},
): Promise<Answered> {
  const [model, ...others] = models;
  try {
    const called = await modelCall(telemetry, model, async (firstToken) => {
      let begun = false;
      const answer = await provider.chat({
        ...question,
        model,
        onPiece: (piece) => {
          if (!begun) firstToken();
          begun = true;
          onPiece?.(piece);
        },
      });
      observer.remaining?.(model, answer.remainingRequests);
      const { inputTokens, outputTokens } = answer;
      return {
        text: answer.text,
        usage: { provider: model.provider, model: model.model, inputTokens, outputTokens },
      };
    });
    return { text: called.text, model: model.model, usage: [called.usage] };
  } catch (error) {
    const [next, ...rest] = others;
    if (!(error instanceof ProviderError)) throw error;
    if (error.remainingRequests !== undefined) observer.remaining?.(model, error.remainingRequests);
    if (next === undefined) throw error;
    observer.fellBack?.(model, next);
    return answerOf(telemetry, provider, { ...question, onPiece, models: [next, ...rest] }, observer);
  }
}
