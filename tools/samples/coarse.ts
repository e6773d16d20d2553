import { parseDuration } from '../../check/promql/literals';

/** Samples that a window must hold for a rate to be one. */
const LEAST_SAMPLES = 4;

/**
 * An expression for samples that are far apart: windows that would hold fewer than four samples are stretched until they
 * hold them, and steps of subqueries are no finer than the samples.
 *
 * @param stepSeconds time between two samples
 */
export function forCoarseSamples(text: string, stepSeconds: number): string {
  const least = stepSeconds * LEAST_SAMPLES;
  const window = (duration: string): string =>
    (parseDuration(duration) ?? 0) < least ? `${String(least)}s` : duration;
  // What stands in a string may look like a window: "[45]..".
  return text.replace(
    /"(?:\\.|[^"\\])*"|\[\s*(\w+)\s*(:\s*\w*\s*)?\]/g,
    (whole, duration?: string, step?: string) => {
      if (duration === undefined) return whole;
      return `[${window(duration)}${step === undefined ? '' : `:${String(stepSeconds)}s`}]`;
    },
  );
}
