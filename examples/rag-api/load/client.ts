/** An answer of a service. */
export interface Answer {
  /** HTTP status; 0 where nothing answered. */
  readonly status: number;
  /** Parsed JSON; undefined where there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** What was sent and what came back. */
export interface Totals {
  sent: number;
  /** Answers with a status from 500 on, and requests that nothing answered. */
  failed: number;
}

/** Longest wait for an answer. */
const TIMEOUT_MILLISECONDS = 60_000;

/** Sends requests and counts them; it never throws. */
export class Client {
  readonly totals: Totals = { sent: 0, failed: 0 };
  readonly #apiKey: string | undefined;

  /** @param apiKey sent as `Authorization: Bearer ...` */
  constructor(apiKey?: string) {
    this.#apiKey = apiKey;
  }

  json(method: string, url: string, body: object): Promise<Answer> {
    return this.send(method, url, JSON.stringify(body), 'application/json');
  }

  async send(method: string, url: string, body?: string, contentType?: string): Promise<Answer> {
    this.totals.sent += 1;
    const answer = await this.#fetch(method, url, body, contentType);
    if (answer.status === 0 || answer.status >= 500) this.totals.failed += 1;
    return answer;
  }

  async #fetch(method: string, url: string, body?: string, contentType?: string): Promise<Answer> {
    try {
      const response = await fetch(url, {
        method,
        body,
        headers: {
          ...(contentType !== undefined && { 'content-type': contentType }),
          ...(this.#apiKey !== undefined && { authorization: `Bearer ${this.#apiKey}` }),
        },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      const text = await response.text();
      return { status: response.status, body: parsed(text) };
    } catch {
      // Down or too slow: for a load generator that is a result like any other.
      return { status: 0, body: undefined };
    }
  }
}

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return undefined;
  }
}
