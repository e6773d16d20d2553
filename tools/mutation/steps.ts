import { parseDuration } from '../../check/promql/literals';

/** Windows and waiting times that people choose, in seconds. A step goes to the next one. */
const DURATIONS: readonly (readonly [text: string, seconds: number])[] = [
  '15s',
  '30s',
  '1m',
  '2m',
  '5m',
  '10m',
  '15m',
  '20m',
  '30m',
  '1h',
  '2h',
  '3h',
  '6h',
  '12h',
  '1d',
  '2d',
  '3d',
  '7d',
  '14d',
  '30d',
].map((text) => [text, parseDuration(text) ?? NaN]);

/** Quantiles that people ask for. */
const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

/** Share by which a number changes where it is no small whole one. */
const SHARE = 0.2;

/** Whole numbers up to this are counts of things, and change by one. */
const SMALL = 5;

/**
 * The durations next to one, the shorter first.
 *
 * @param text a Prometheus duration such as `90s`
 * @returns texts; empty where the text is no duration
 */
export function durationSteps(text: string): readonly string[] {
  const seconds = parseDuration(text);
  if (seconds === undefined) return [];
  const shorter = DURATIONS.filter(([, other]) => other < seconds).at(-1);
  const longer = DURATIONS.find(([, other]) => other > seconds);
  return [shorter, longer].flatMap((step) => (step === undefined ? [] : [step[0]]));
}

/**
 * The numbers one meaningful step below and above: one for small counts, a fifth for everything else. Of 0 only 1 is a
 * step, since what is counted or measured here is never below 0.
 */
export function numberSteps(value: number): readonly string[] {
  if (!Number.isFinite(value)) return [];
  if (value === 0) return ['1'];
  const whole = Number.isInteger(value);
  if (whole && Math.abs(value) <= SMALL) return [String(value - 1), String(value + 1)];
  return [1 - SHARE, 1 + SHARE].map((factor) => {
    const step = value * factor;
    return String(whole ? Math.round(step) : Number(step.toPrecision(6)));
  });
}

/** The quantiles next to one. */
export function quantileSteps(value: number): readonly string[] {
  const lower = QUANTILES.filter((other) => other < value).at(-1);
  const higher = QUANTILES.find((other) => other > value);
  return [lower, higher].flatMap((step) => (step === undefined ? [] : [String(step)]));
}
