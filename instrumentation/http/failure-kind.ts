/** Status of a request whose caller went away before the answer, as proxies count it; nobody is sent it. */
export const CLIENT_GONE = 499;

/** Kinds of failed requests, a closed list: `type` of rag_errors_total and upload_errors_total has no other value from here. */
const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'timeout',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'rate_limited',
  [CLIENT_GONE]: 'client_gone',
  502: 'upstream_failed',
  503: 'unavailable',
  504: 'timeout',
};

/** Kind of the failure that a status tells; undefined where there is none. */
export function failureKind(status: number): string | undefined {
  if (status < 400) return undefined;
  return BY_STATUS[status] ?? (status < 500 ? 'client_error' : 'internal');
}
