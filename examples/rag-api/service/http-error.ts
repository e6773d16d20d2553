/** An error whose status and kind the caller is told; any other is a 500. */
export class HttpError extends Error {
  readonly statusCode: number;
  /** Of a closed list, such as `bad_request`: errors are counted by it. */
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.name = 'HttpError';
    this.statusCode = statusCode;
    this.code = code;
  }
}
