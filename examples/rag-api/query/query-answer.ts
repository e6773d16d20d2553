/** A document that an answer rests on. */
export interface Source {
  readonly id: string;
  readonly heading: string;
  /** Nearness to the question, 0 to 1. */
  readonly score: number;
}

/** An answer to a question. */
export interface QueryAnswer {
  readonly answer: string;
  readonly sources: readonly Source[];
  /** The model that wrote it; `none` where no document was found. */
  readonly model: string;
}
