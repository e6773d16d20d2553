import { traceHeaders } from '../../../instrumentation';

/** Longest wait for another service. */
const TIMEOUT_MILLISECONDS = 30_000;

/** What is sent to another service. */
export interface Call {
  /** @default 'POST' */
  readonly method?: string;
  readonly url: string;
  readonly body: string;
  readonly contentType: string;
  /**
   * Sent as `Authorization: Bearer ...`.
   * @default - none
   */
  readonly apiKey?: string;
}

/**
 * Calls another service of the example, in the same trace.
 *
 * @throws Error where it does not answer, or not with success
 */
export async function callService({
  method = 'POST',
  url,
  body,
  contentType,
  apiKey,
}: Call): Promise<unknown> {
  const response = await fetch(url, {
    method,
    body,
    headers: {
      'content-type': contentType,
      ...traceHeaders(),
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answers ${String(response.status)}`);
  return JSON.parse(text);
}
