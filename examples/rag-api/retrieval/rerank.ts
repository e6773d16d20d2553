import type { Embedder } from '../text/embedding';
import { wordsOf } from '../text/words';
import type { Found } from './vector-index';

/** How much of what the question asks for a text holds, 0 to 1; rare words count more. */
export function coverage(question: string, text: string, embedder: Embedder): number {
  const held = new Set(wordsOf(text));
  const asked = [...new Set(wordsOf(question))].map((word) => ({ word, weight: embedder.weightOf(word) }));
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  const found = asked.filter(({ word }) => held.has(word)).reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : found / total;
}

/**
 * Puts what a search found in the order of how much of the question each holds, and keeps those that hold at least half
 * of what the best one does: the rest would only cost tokens.
 */
export function rerank(question: string, found: readonly Found[], embedder: Embedder): Found[] {
  const rated = found
    .map((item) => ({
      item,
      rate: coverage(question, `${item.chunk.heading} ${item.chunk.text}`, embedder),
    }))
    .sort((one, other) => other.rate - one.rate);
  const best = rated[0]?.rate ?? 0;
  return rated.filter(({ rate }) => rate >= best / 2).map(({ item }) => item);
}
