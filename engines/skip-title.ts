/**
 * A suite that is skipped says in its title which engines it misses; the count over two runs (tools/ci-summary.ts) must
 * still know it as the suite that runs elsewhere. Both sides of that agreement are here.
 */
const MISSING = / \[not on PATH: [^\]]*\]/g;

/** Title of a suite that cannot run for want of engines. */
export function skippedTitle(title: string, missing: readonly string[]): string {
  return `${title} [not on PATH: ${missing.join(', ')}]`;
}

/** The title, or full test name, without what {@link skippedTitle} added. */
export function plainTitle(title: string): string {
  return title.replace(MISSING, '');
}
