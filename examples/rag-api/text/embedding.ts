import { wordsOf } from './words';

/** A text as a direction: an array of fixed length whose own length is 1, or 0 where the text has no words. */
export type Vector = Float32Array;

/** Enough that two words of a small collection seldom share a place. */
const DIMENSIONS = 512;

/** Place of a word: the same in every process (FNV-1a). */
function placeOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % DIMENSIONS;
}

/** Turns texts into vectors. Two texts are near each other where they share words, rare ones more than common ones. */
export class Embedder {
  readonly #documentsWith = new Map<string, number>();
  readonly #documents: number;

  /** @param texts what it learns from how rare a word is */
  constructor(texts: readonly string[]) {
    this.#documents = texts.length;
    for (const word of texts.flatMap((text) => [...new Set(wordsOf(text))])) {
      this.#documentsWith.set(word, (this.#documentsWith.get(word) ?? 0) + 1);
    }
  }

  /** How much a word tells: the inverse of the number of texts that hold it, on a logarithmic scale. */
  weightOf(word: string): number {
    return Math.log(1 + (1 + this.#documents) / (1 + (this.#documentsWith.get(word) ?? 0)));
  }

  embed(text: string): Vector {
    const vector = new Float32Array(DIMENSIONS);
    for (const word of new Set(wordsOf(text))) {
      const place = placeOf(word);
      vector[place] = (vector[place] ?? 0) + this.weightOf(word);
    }
    return normalised(vector);
  }
}

function normalised(vector: Vector): Vector {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Nearness of two vectors of length 1: 1 for the same direction, 0 where no word is shared. */
export function similarity(one: Vector, other: Vector): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return Math.min(1, Math.max(0, sum));
}
