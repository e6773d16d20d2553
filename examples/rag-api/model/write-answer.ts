import { coverage } from '../retrieval/rerank';
import type { Embedder } from '../text/embedding';
import { sentencesOf } from '../text/words';

/** What a model that has lost its way says: true of nothing in particular. */
const EMPTY_WORDS = [
  'Results may vary with weather, season and taste.',
  'Experts often disagree, and opinions have changed over the years.',
  'Several approaches exist, each with advantages and drawbacks.',
  'It is generally advisable to proceed carefully.',
];

/** What is said where no passage was found. */
export const NOTHING_FOUND = 'The documents say nothing about this.';

/** Part of a text that a model is asked to answer from. */
export interface Passage {
  readonly heading: string;
  readonly text: string;
}

/**
 * The answer of a pretended model: the two sentences of the passages that hold most of the question, in front of them
 * the heading of the best. Without passages there is nothing to say.
 */
export function writeAnswer(question: string, passages: readonly Passage[], embedder: Embedder): string {
  const rated = passages
    .flatMap(({ heading, text }) =>
      sentencesOf(text).map((sentence) => ({
        heading,
        sentence,
        rate: coverage(question, `${heading} ${sentence}`, embedder),
      })),
    )
    .sort((one, other) => other.rate - one.rate);
  const [best, second] = rated;
  if (best === undefined) return NOTHING_FOUND;
  return [`${best.heading}.`, best.sentence, ...(second ? [second.sentence] : [])].join(' ');
}

/** An answer that has nothing to do with the question or the documents. */
export function writeNonsense(seed: number): string {
  const at = seed % EMPTY_WORDS.length;
  return [EMPTY_WORDS[at], EMPTY_WORDS[(at + 1) % EMPTY_WORDS.length]].join(' ');
}
