import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { HttpError } from './http-error';
import type { AuthFailure } from './service';

/** Paths that Kubernetes and Prometheus read without a credential. */
const OPEN = new Set(['/healthz', '/readyz', '/metrics', '/_faults']);

/** Lets in who sends `Authorization: Bearer <apiKey>`. */
export function requireApiKey(
  server: FastifyInstance,
  apiKey: string,
  onFailure: (reason: AuthFailure) => void,
): void {
  server.addHook('onRequest', (request) => {
    if (OPEN.has(request.url.split('?')[0] ?? '')) return Promise.resolve();
    const { authorization } = request.headers;
    if (authorization !== undefined && isSame(authorization, `Bearer ${apiKey}`)) return Promise.resolve();
    const reason = authorization === undefined ? 'missing_credentials' : 'invalid_token';
    onFailure(reason);
    return Promise.reject(new HttpError(401, reason, 'a valid API key is needed'));
  });
}

/** Compares in a time that does not tell how much was right. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
