/** A stretch of time in which there are samples; seconds since the epoch, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Seconds between two samples. */
  readonly step: number;
}

/** The moments of several stretches, from the first to the last; they must not overlap. */
export function timesOf(stretches: readonly Stretch[]): Float64Array {
  return Float64Array.from(
    stretches.flatMap(({ from, to, step }) =>
      Array.from({ length: Math.floor((to - from) / step) + 1 }, (_item, index) => from + index * step),
    ),
  );
}
