/** Words that are in every text and tell nothing about its subject. */
const STOP_WORDS = new Set(
  (
    'a about after all also an and any are as at be been before being but by can could did do does for from had has ' +
    'have how i if in into is it its may me must my no not of on one or our out so than that the their them then ' +
    'there they this those to up us was we were what when where which while who why will with would you your please ' +
    'tell know need much many long'
  ).split(' '),
);

/** One form for `booking`, `booked` and `books`: crude, and enough for texts that were written together. */
export function stem(word: string): string {
  const base = word.replace(/(?:ies)$/, 'y').replace(/(?:ing|ed|es|s|e)$/, '');
  return base.length < 3 ? word : base.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
}

/** Words of a text that tell its subject, in their order, each in its one form. */
export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).filter((word) => !STOP_WORDS.has(word)).map(stem);
}

/** Sentences of a text. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** As it is for English, about. */
export const CHARACTERS_PER_TOKEN = 4;

/** Tokens that a model would make of a text. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
