import { NOTHING_FOUND } from '../model/write-answer';
import type { Random } from '../random';
import type { Client } from './client';
import { nextQuestion } from './readers';

/** Conversations that are held at once. */
const CONVERSATIONS = 6;

/** People who chat. */
const PEOPLE = 40;

interface Conversation {
  readonly userId: string;
  sessionId: string | undefined;
  busy: boolean;
  /** Messages that are still to come. */
  left: number;
  /** Whether each answer so far was right. */
  content: boolean;
}

/** People who chat with the agent: they greet, ask, have it summed up, give a mark and go. */
export class Chatters {
  readonly #client: Client;
  readonly #agentUrl: string;
  readonly #random: Random;
  readonly #registered = new Set<string>();
  #conversations: Conversation[] = [];
  #turn = 0;

  constructor(client: Client, agentUrl: string, random: Random) {
    this.#client = client;
    this.#agentUrl = agentUrl;
    this.#random = random;
  }

  /** The next message of one conversation. */
  async act(): Promise<void> {
    const at = this.#turn % CONVERSATIONS;
    this.#turn += 1;
    const conversation = this.#conversations[at] ?? this.#begin();
    this.#conversations[at] = conversation;
    if (conversation.busy) return;
    conversation.busy = true;
    await this.#register(conversation.userId);
    await this.#say(conversation);
    conversation.left -= 1;
    if (conversation.left <= 0) await this.#leave(conversation);
    conversation.busy = false;
  }

  /** Ends all conversations, without marks. */
  async end(): Promise<void> {
    const ids = this.#conversations.flatMap(({ sessionId }) => sessionId ?? []);
    this.#conversations = [];
    await Promise.all(ids.map((id) => this.#client.send('DELETE', `${this.#agentUrl}/sessions/${id}`)));
  }

  #begin(): Conversation {
    return {
      userId: `user-${String(Math.floor(this.#random.next() * PEOPLE))}`,
      sessionId: undefined,
      busy: false,
      left: 3 + Math.floor(this.#random.next() * 4),
      content: true,
    };
  }

  async #register(userId: string): Promise<void> {
    if (this.#registered.has(userId)) return;
    this.#registered.add(userId);
    const plan = this.#random.chance(0.7) ? 'free' : 'team';
    await this.#client.json('POST', `${this.#agentUrl}/users`, { userId, plan });
  }

  async #say(conversation: Conversation): Promise<void> {
    const { userId, sessionId } = conversation;
    const { question, answer } = nextQuestion(this.#random);
    const isFirst = sessionId === undefined && this.#random.chance(0.3);
    const isLast = sessionId !== undefined && conversation.left === 1 && this.#random.chance(0.5);
    const message = isFirst ? 'Hello!' : isLast ? 'Please summarise this.' : question;
    const { body } = await this.#client.json('POST', `${this.#agentUrl}/chat`, {
      userId,
      sessionId,
      message,
    });
    const id = body?.['sessionId'];
    // A session that the service has forgotten is begun anew.
    conversation.sessionId = typeof id === 'string' ? id : undefined;
    // That nothing was found is a pity; a wrong answer is worse than none.
    const text = String(body?.['text']);
    if (message === question && text !== NOTHING_FOUND) conversation.content &&= text.includes(answer);
  }

  async #leave(conversation: Conversation): Promise<void> {
    const { sessionId, content } = conversation;
    if (sessionId !== undefined) {
      const mark = content ? (this.#random.chance(0.6) ? 5 : 4) : this.#random.chance(0.5) ? 1 : 2;
      await this.#client.json('POST', `${this.#agentUrl}/marks`, { mark });
      await this.#client.send('DELETE', `${this.#agentUrl}/sessions/${sessionId}`);
    }
    this.#conversations = this.#conversations.map((one) => (one === conversation ? this.#begin() : one));
  }
}
