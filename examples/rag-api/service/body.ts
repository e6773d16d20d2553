import { HttpError } from './http-error';

/** Fields of a JSON body. */
export type Body = Readonly<Record<string, unknown>>;

/** @throws HttpError where the body is no JSON object */
export function bodyOf(body: unknown): Body {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpError(400, 'bad_request', 'the body is a JSON object');
  }
  return body as Body;
}

/** A text that has to be there. @throws HttpError where it is not */
export function textOf(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value.trim() === '') {
    throw new HttpError(400, 'bad_request', `"${name}" is a text that is not empty`);
  }
  return value;
}

/** A text that may be left out. @throws HttpError where it is something else */
export function optionalTextOf(body: Body, name: string): string | undefined {
  return body[name] === undefined ? undefined : textOf(body, name);
}
