import { ConfigError } from '../kubernetes/config-error';
import type { ScrapeConfig } from './scrape-config';

/** Seconds after which a scrape is given up, unless the interval is shorter. */
const TIMEOUT_SECONDS = 10;

/**
 * Interval and timeout of scrapes. Prometheus refuses a timeout above the interval.
 *
 * @param where the environment's field, for the error
 * @throws ConfigError if the interval is no whole number of seconds from 1 to 300
 */
export function scrapeTiming(
  where: string,
  intervalSeconds: number,
): Required<Pick<ScrapeConfig, 'scrape_interval' | 'scrape_timeout'>> {
  if (!Number.isInteger(intervalSeconds) || intervalSeconds < 1 || intervalSeconds > 300) {
    throw new ConfigError({
      where,
      found: `a scrape interval of ${String(intervalSeconds)} seconds`,
      allowed: 'whole seconds from 1 to 300',
      mend: 'use 15 or 30; an instant query looks back 5 minutes, so that series scraped more seldom vanish between scrapes',
    });
  }
  return {
    scrape_interval: `${String(intervalSeconds)}s`,
    scrape_timeout: `${String(Math.min(TIMEOUT_SECONDS, intervalSeconds))}s`,
  };
}
