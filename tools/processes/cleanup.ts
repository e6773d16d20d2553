/** Programs to stop, folders to remove and whatever else is to be undone, the last first. */
export class Cleanup {
  private undos: (() => unknown)[] = [];

  /** Remembers something to undo. */
  later(undo: () => unknown): void {
    this.undos.unshift(undo);
  }

  /** Remembers a program to stop, and gives it back. */
  stopLater<Program extends { stop(): Promise<void> }>(program: Program): Program {
    this.later(() => program.stop());
    return program;
  }

  /** Remembers a folder to remove, and gives it back. */
  removeLater<Folder extends { remove(): void }>(folder: Folder): Folder {
    this.later(() => {
      folder.remove();
    });
    return folder;
  }

  /**
   * Undoes everything once, even where something fails.
   *
   * @throws what failed, as {@link asOne} puts it
   */
  async run(): Promise<void> {
    const failures = await this.undoAll();
    if (failures.length > 0) throw asOne(failures);
  }

  /** Undoes everything once, and gives back what failed. */
  async undoAll(): Promise<readonly unknown[]> {
    const undos = this.undos;
    this.undos = [];
    const failures: unknown[] = [];
    for (const undo of undos) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }
}

/** What runs until it is told to end. */
export interface Stoppable {
  /** Ends everything and leaves nothing behind. Safe to call again. */
  stop(): Promise<void>;
}

/**
 * Starts things that belong together and outlive the call: all of them, or none.
 *
 * @param start starts them, asks for their undoing, and says what they are
 * @throws its error, after what had started is undone
 */
export async function startTogether<Started extends object>(
  start: (cleanup: Cleanup) => Promise<Started>,
): Promise<Started & Stoppable> {
  const cleanup = new Cleanup();
  try {
    return { ...(await start(cleanup)), stop: () => cleanup.run() };
  } catch (error) {
    throw asOne([error, ...(await cleanup.undoAll())]);
  }
}

/**
 * Runs a body that starts things, and undoes what it asked for whatever became of it.
 *
 * @throws the body's error, and what could not be undone, as {@link asOne} puts them
 */
export async function withCleanup<Result>(body: (cleanup: Cleanup) => Promise<Result>): Promise<Result> {
  const done = await startTogether(async (cleanup) => ({ result: await body(cleanup) }));
  await done.stop();
  return done.result;
}

/** One failure as it is; several as an AggregateError, whose message holds all of theirs. */
function asOne(failures: readonly unknown[]): unknown {
  if (failures.length === 1) return failures[0];
  const texts = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
  return new AggregateError(failures, texts.join('\nand then: '));
}
