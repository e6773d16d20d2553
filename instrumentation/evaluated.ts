import type { Evaluator } from './metrics/label-values';
import type { RagTelemetry } from './telemetry';

/** Records an evaluator's score of an answer, 0 to 1, and the verdict that follows from it. */
export function evaluated(
  telemetry: Pick<RagTelemetry, 'rag' | 'passScores' | 'log'>,
  evaluator: Evaluator,
  score: number,
): void {
  if (!(score >= 0 && score <= 1)) {
    telemetry.log.warn({ evaluator, score }, 'a score outside 0 to 1 is not counted');
    return;
  }
  telemetry.rag.evalScore.observe({ evaluator }, score);
  const verdict = score >= telemetry.passScores[evaluator] ? 'pass' : 'fail';
  telemetry.rag.evalVerdicts.inc({ evaluator, verdict });
}
