import type { PrometheusSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';

/**
 * Share of the volume that samples may fill. The rest is for compaction, which writes a new block before it deletes
 * the old ones.
 */
const RETENTION_SHARE = 0.8;

const MIB_IN_GIB = 1024;

/** `storage.tsdb.retention` of prometheus.yml. */
export interface Retention {
  /** Such as `30d`. */
  readonly time: string;
  /** Such as `16GB`; Prometheus counts in powers of two. */
  readonly size: string;
}

/**
 * How long and how much is kept: whichever limit is reached first.
 *
 * @throws ConfigError if the size is over the volume's, or a number makes no sense
 */
export function retention(
  settings: Pick<PrometheusSettings, 'volume' | 'retentionDays' | 'retentionSizeGiB'>,
): Retention {
  const { volume, retentionDays } = settings;
  if (!Number.isInteger(retentionDays) || retentionDays < 1) {
    throw new ConfigError({
      where: 'prometheus.retentionDays',
      found: String(retentionDays),
      allowed: 'whole days, at least 1',
      mend: 'use 30',
    });
  }
  const sizeGiB = settings.retentionSizeGiB ?? volume.sizeGiB * RETENTION_SHARE;
  if (!(sizeGiB > 0) || sizeGiB > volume.sizeGiB) {
    throw new ConfigError({
      where: 'prometheus.retentionSizeGiB',
      found: `${String(sizeGiB)} GiB on a volume of ${String(volume.sizeGiB)} GiB`,
      allowed: `more than 0 and at most ${String(volume.sizeGiB)} GiB`,
      mend: `leave it out for ${String(RETENTION_SHARE * 100)} % of the volume, or enlarge prometheus.volume.sizeGiB`,
    });
  }
  return { time: `${String(retentionDays)}d`, size: sizeText(sizeGiB) };
}

function sizeText(sizeGiB: number): string {
  const mebibytes = Math.floor(sizeGiB * MIB_IN_GIB);
  return mebibytes % MIB_IN_GIB === 0 ? `${String(mebibytes / MIB_IN_GIB)}GB` : `${String(mebibytes)}MB`;
}
