import { ConfigError } from '../kubernetes/config-error';

/** Days that CloudWatch Logs can keep events (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * The number itself, if CloudWatch Logs allows it.
 *
 * @throws ConfigError that lists the allowed numbers and names the next longer one
 */
export function checkedRetention(days: number, where: string): number {
  if (RETENTION_DAYS.includes(days)) return days;
  const next = RETENTION_DAYS.find((allowed) => allowed > days) ?? 3653;
  throw new ConfigError({
    where,
    found: `${String(days)} days`,
    allowed: `one of ${RETENTION_DAYS.join(', ')}`,
    mend: `take ${String(next)}`,
  });
}
