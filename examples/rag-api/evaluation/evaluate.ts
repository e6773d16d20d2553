import { coverage } from '../retrieval/rerank';
import type { Passage } from '../model/write-answer';
import type { Embedder } from '../text/embedding';
import { sentencesOf, wordsOf } from '../text/words';

/** Scores of an answer, each 0 to 1. */
export interface Scores {
  /** How much of what was asked the answer speaks of. */
  readonly relevance: number;
  /** How much of the passages is about the question; the first passages count more. */
  readonly contextPrecision: number;
  /** Share of the answer's sentences that a passage supports. */
  readonly groundedness: number;
}

/** Share of a sentence's words that one passage has to hold to support it. */
const SUPPORTED = 0.7;

/** A passage that holds this much of the question is about it. */
const ABOUT = 0.3;

/** An answer that speaks of this much of the question speaks of all that matters: some words only put the question. */
const ENOUGH = 0.6;

/** Scores an answer by words, where a real service would ask another model. */
export function evaluate(
  question: string,
  answer: string,
  passages: readonly Passage[],
  embedder: Embedder,
): Scores {
  return {
    relevance: Math.min(1, coverage(question, answer, embedder) / ENOUGH),
    contextPrecision: precision(
      passages.map(({ heading, text }) => coverage(question, `${heading} ${text}`, embedder) >= ABOUT),
    ),
    groundedness: groundedness(answer, passages),
  };
}

/** Mean, over the passages that are about the question, of the share of such passages up to each (average precision). */
function precision(about: readonly boolean[]): number {
  const shares = about.flatMap((is, at) =>
    is ? [about.slice(0, at + 1).filter(Boolean).length / (at + 1)] : [],
  );
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function groundedness(answer: string, passages: readonly Passage[]): number {
  const held = passages.map(({ heading, text }) => new Set(wordsOf(`${heading} ${text}`)));
  const sentences = sentencesOf(answer).map((sentence) => [...new Set(wordsOf(sentence))]);
  const supported = sentences.filter((words) =>
    held.some((passage) => words.filter((word) => passage.has(word)).length >= words.length * SUPPORTED),
  );
  return sentences.length === 0 ? 0 : supported.length / sentences.length;
}
