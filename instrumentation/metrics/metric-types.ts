/** Values of a label: all of them, or how many there may be where configuration decides. */
export type LabelSpec = readonly string[] | { readonly atMost: number };

/** Labels of a metric. */
export type LabelSpecs = Readonly<Record<string, LabelSpec>>;

/** Labels as a caller gives them: a closed set as its values, any other as text. */
export type LabelsOf<L extends LabelSpecs> = {
  readonly [K in keyof L]: L[K] extends readonly (infer V)[] ? V : string;
};

/** Counts events. */
export interface Counter<L extends LabelSpecs> {
  /** Adds `amount`, 1 unless told. */
  inc(labels: LabelsOf<L>, amount?: number): void;
}

/** A value that goes up and down. */
export interface Gauge<L extends LabelSpecs> {
  set(labels: LabelsOf<L>, value: number): void;
  /** Adds `amount`, 1 unless told; it may be negative. */
  inc(labels: LabelsOf<L>, amount?: number): void;
  /** Asks for the value whenever metrics are read, as a queue's length or a pool's use is best told. */
  follow(labels: LabelsOf<L>, value: () => number): void;
}

/** Counts values by size. */
export interface Histogram<L extends LabelSpecs> {
  /** `traceId` becomes the exemplar; that of the active span unless told. */
  observe(labels: LabelsOf<L>, value: number, traceId?: string): void;
}

/** A label whose values configuration decides: what comes after the first `atMost` is counted as `other`. */
export function bounded(atMost: number): { readonly atMost: number } {
  return { atMost };
}
