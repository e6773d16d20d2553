/** Marks of Kubernetes and of OpenTelemetry that say how stable a metric is, not what it means. */
const STABILITY =
  /^(?:EXPERIMENTAL: )?(?:\[(?:INTERNAL|ALPHA|BETA|STABLE)\] ?)?(?:\[DEPRECATED[^\]]*\] ?)?| \[(?:Development|Alpha|Beta|Stable)\]$/g;

/** Words that only repeat the name; the contract has its own then. */
const REPEATS_THE_NAME =
  /^(?:Memory information field|Statistic|Network device (?:property|statistic)[: ]|\/proc\/vmstat information field|File descriptor statistics:)/;

/**
 * What a program says that a metric means, in one line without marks of stability.
 *
 * @returns undefined where the words are none, or only repeat the name
 */
export function meaningOf(help: string): string | undefined {
  const text = help.replace(STABILITY, '').replace(/\s+/g, ' ').trim();
  return text === '' || REPEATS_THE_NAME.test(text) ? undefined : text;
}
