/**
 * Hours of production that are waited for when a scenario has ended, from the variable `E2E_HOURS`: 6 are 12 minutes of
 * compressed time, and 24 are 48. A tier that looks back further is let go on.
 *
 * @default 1
 */
export const WATCHED_HOURS = hoursOf(process.env['E2E_HOURS']);

/** @throws Error where the text is no number of hours */
export function hoursOf(text = '1'): number {
  const hours = Number(text);
  if (text.trim() !== '' && Number.isFinite(hours) && hours > 0) return hours;
  throw new Error(`E2E_HOURS=${text}: a number of hours above 0 is expected, such as 6`);
}
