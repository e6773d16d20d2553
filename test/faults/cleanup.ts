/** Has something undone when the measure is over, whatever came of it. */
export type Later = (undo: () => unknown) => void;

/** Runs a measure, and then undoes all that it asked to be undone, the last first. */
export async function withCleanup<Result>(run: (later: Later) => Promise<Result>): Promise<Result> {
  const undos: (() => unknown)[] = [];
  try {
    return await run((undo) => undos.push(undo));
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}
