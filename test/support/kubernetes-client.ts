import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'node:https';

/** Whom a request is made as, and what it carries. */
export interface KubernetesRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, from `/api/v1/...` on. */
  readonly path: string;
  /**
   * Sent as JSON; with PATCH as a server-side apply.
   *
   * @default - no body
   */
  readonly body?: unknown;
  /**
   * User to act as, such as `system:serviceaccount:monitoring:prometheus`.
   *
   * @default - the administrator
   */
  readonly as?: string;
}

/** The answer of the API server. */
export interface KubernetesAnswer {
  readonly status: number;
  /** The parsed JSON; plain text (of /readyz, for one) as it is. */
  readonly body: unknown;
  /** What the server says beside an answer that it gives all the same: deprecated fields, pods that would be refused. */
  readonly warnings: readonly string[];
}

/** Sends one request to the API server. */
export type KubernetesClient = (request: KubernetesRequest) => Promise<KubernetesAnswer>;

/** Where the API server is, and what it takes to be its administrator. */
export interface KubernetesAccess {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  readonly token: string;
  /** Certificate that the server shows, in PEM. */
  readonly certificate: string;
}

/** Milliseconds until a request without an answer fails. */
const TIMEOUT_MS = 10_000;

function parse(text: string, contentType: string): unknown {
  return contentType.includes('json') ? (JSON.parse(text) as unknown) : text;
}

/** Texts of `Warning: 299 - "text"`; node joins several by commas. */
function warnings(header: string): readonly string[] {
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
}

function headers(access: KubernetesAccess, asked: KubernetesRequest): Record<string, string> {
  const patch = asked.method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
  return {
    authorization: `Bearer ${access.token}`,
    accept: 'application/json',
    ...(asked.body === undefined ? {} : { 'content-type': patch }),
    ...(asked.as === undefined ? {} : { 'impersonate-user': asked.as }),
  };
}

/** A client of one API server; `node:https`, because `fetch` takes no certificate. */
export function kubernetesClient(access: KubernetesAccess): KubernetesClient {
  // A handshake costs more than most answers, and the tests ask a thousand questions.
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  return (asked) =>
    new Promise((resolve, reject) => {
      const call = request(
        new URL(asked.path, access.url),
        {
          method: asked.method,
          ca: access.certificate,
          headers: headers(access, asked),
          timeout: TIMEOUT_MS,
          agent,
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            text += chunk;
          });
          answer.once('error', reject);
          answer.once('end', () => {
            const { warning = '', 'content-type': type = '' } = answer.headers;
            resolve({ status: answer.statusCode ?? 0, body: parse(text, type), warnings: warnings(warning) });
          });
        },
      );
      call.once('timeout', () => call.destroy(new Error(`no answer within ${String(TIMEOUT_MS)} ms`)));
      call.once('error', reject);
      call.end(asked.body === undefined ? undefined : JSON.stringify(asked.body));
    });
}

/**
 * Asks until the answer satisfies.
 *
 * @returns The answer that did.
 * @throws Error with the last answer, if none did in time.
 */
export async function waitForAnswer(
  client: KubernetesClient,
  path: string,
  satisfies: (answer: KubernetesAnswer) => boolean,
  timeoutMs = 30_000,
): Promise<KubernetesAnswer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await client({ method: 'GET', path });
    if (satisfies(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(
        `${path} after ${String(timeoutMs)} ms: ${String(answer.status)} ${JSON.stringify(answer.body)}`,
      );
    }
    await sleep(100);
  }
}
