import type { Output } from './demonstration';

/** What is written to: a terminal, or a file or pipe, whose lines cannot be replaced. */
export interface Stream {
  /** @default false */
  readonly isTTY?: boolean;
  /** Width in characters. @default - not known, and lines are not cut */
  readonly columns?: number;
  write(text: string): unknown;
}

/** To the start of the line, and nothing on it. */
const CLEAR = '\r\u001b[2K';

/** Writes the status line in place on a terminal; elsewhere each status that differs from the last is a line. */
export function terminal(stream: Stream): Output {
  let shown = '';
  const inPlace = stream.isTTY === true;
  return {
    line(text) {
      stream.write(inPlace ? `${CLEAR}${text}\n${shown}` : `${text}\n`);
    },
    status(text) {
      if (text === shown) return;
      if (text === '' && !inPlace) return;
      // A line that wraps could not be cleared.
      shown = inPlace ? text.slice(0, (stream.columns ?? Infinity) - 1) : text;
      stream.write(inPlace ? `${CLEAR}${shown}` : `${text}\n`);
    },
  };
}
