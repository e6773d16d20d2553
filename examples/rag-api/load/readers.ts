import type { Random } from '../random';
import type { Client } from './client';
import { QUESTIONS, withNumber } from './questions';
import type { KnownQuestion } from './questions';

/** Share of the questions that many people ask; the others are asked once. */
const POPULAR = 0.6;

/** Share of the answers that are voted on. */
const VOTED = 0.3;

/** Share of the votes that do not say what the reader thinks. */
const SLIPS = 0.03;

/** A question as somebody might ask it now. */
export function nextQuestion(random: Random): KnownQuestion {
  const question = random.pick(QUESTIONS);
  return random.chance(POPULAR) ? question : withNumber(question, Math.floor(random.next() * 1e8));
}

/** Somebody asks the RAG service, and sometimes votes on the answer. */
export async function ask(client: Client, ragApiUrl: string, random: Random): Promise<void> {
  const { question, answer } = nextQuestion(random);
  const stream = random.chance(0.2);
  const votes = !stream && random.chance(VOTED);
  const slip = random.chance(SLIPS);
  const { body } = await client.json('POST', `${ragApiUrl}/query`, { question, ...(stream && { stream }) });
  const { id, answer: text, sources } = body ?? {};
  // Nobody votes on "nothing was found".
  if (!votes || typeof id !== 'string' || !Array.isArray(sources) || sources.length === 0) return;
  const right = String(text).includes(answer);
  await client.json('POST', `${ragApiUrl}/feedback`, { id, rating: right === slip ? 'down' : 'up' });
}
