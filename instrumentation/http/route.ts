import { METHODS } from '../metrics/label-values';

/** Method of a request, as the contract knows it. */
export type Method = (typeof METHODS)[number];

/** Stands for every path that no route takes: the path itself is a caller's text. */
export const UNMATCHED = 'unmatched';

/** Path of the metrics. */
export const METRICS_PATH = '/metrics';

/** Paths that are neither counted nor traced: probes come so often that they would hide slow and failing requests. */
export const UNOBSERVED: ReadonlySet<string> = new Set(['/healthz', '/readyz', METRICS_PATH]);

/** A route's pattern as the contract writes it: `/documents/{id}` for Fastify's `/documents/:id`. */
export function routePattern(url: string | undefined): string {
  if (url === undefined) return UNMATCHED;
  return url.replace(/:([A-Za-z0-9_]+)(\([^)]*\))?\??/g, '{$1}').replace(/\*$/, '{path}');
}

/** HEAD is answered as GET; methods that the contract does not know, such as OPTIONS, are not counted. */
export function countedMethod(method: string): Method | undefined {
  return METHODS.find((known) => known === (method === 'HEAD' ? 'GET' : method));
}
