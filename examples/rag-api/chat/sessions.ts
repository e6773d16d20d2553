/** One message of a session. */
export interface Message {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** A conversation of one user. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly messages: Message[];
}

interface Kept {
  readonly session: Session;
  first: number;
  last: number;
}

/** How sessions are kept. */
export interface SessionsOptions {
  /** A session without a message for so long is over. */
  readonly idleSeconds: number;
  /** Called with the time from the first message to the last. */
  readonly onEnd: (seconds: number) => void;
  /**
   * Present time in milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** Messages of a session that are kept: a model reads no more of them anyway. */
const MOST_MESSAGES = 40;

/** The sessions of one process, in memory. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Kept>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Sessions that are not over. */
  get active(): number {
    this.endIdle();
    return this.#sessions.size;
  }

  begin(id: string, userId: string): Session {
    const session: Session = { id, userId, messages: [] };
    const now = this.#now();
    this.#sessions.set(id, { session, first: now, last: now });
    return session;
  }

  /** The session, unless it is over or never was. */
  get(id: string): Session | undefined {
    this.endIdle();
    return this.#sessions.get(id)?.session;
  }

  /** Adds a message; that of a session that is over meanwhile is lost with it. */
  add(id: string, message: Message): void {
    const kept = this.#sessions.get(id);
    if (kept === undefined) return;
    kept.last = this.#now();
    kept.session.messages.push(message);
    kept.session.messages.splice(0, kept.session.messages.length - MOST_MESSAGES);
  }

  /** Ends a session; false where there is none. */
  end(id: string): boolean {
    const kept = this.#sessions.get(id);
    if (kept === undefined) return false;
    this.#sessions.delete(id);
    this.#options.onEnd((kept.last - kept.first) / 1000);
    return true;
  }

  /** Ends those without a message for too long. */
  endIdle(): void {
    const since = this.#now() - this.#options.idleSeconds * 1000;
    for (const [id, { last }] of this.#sessions) if (last < since) this.end(id);
  }

  endAll(): void {
    for (const id of [...this.#sessions.keys()]) this.end(id);
  }
}
