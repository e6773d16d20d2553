import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';

/**
 * Sends an answer as lines of JSON while it is written: `{"piece": ...}` for each piece and the whole at the end. What
 * fails before the first piece throws, so that the caller gets a status that says so; what fails later ends the stream
 * early.
 */
export async function streamed(
  write: (onPiece: (piece: string) => void) => Promise<object>,
): Promise<Readable> {
  const lines = new PassThrough();
  const line = (content: object): void => void lines.write(`${JSON.stringify(content)}\n`);
  await new Promise<void>((begun, failed) => {
    write((piece) => {
      line({ piece });
      begun();
    }).then(
      (whole) => {
        line(whole);
        lines.end();
        begun();
      },
      (error: unknown) => {
        const cause = error instanceof Error ? error : new Error(String(error));
        failed(cause);
        // Whoever reads already must notice; where nobody does, nobody is told.
        lines.on('error', () => undefined).destroy(cause);
      },
    );
  });
  return lines;
}
