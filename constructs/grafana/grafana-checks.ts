import type { GrafanaSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';
import type { DashboardFolder } from './dashboard-files';

/**
 * Refuses what Grafana could not run with.
 *
 * @throws ConfigError if there are replicas without a shared database, a load balancer that nobody or an Ingress that
 *   another address leads to
 */
export function checkGrafana(settings: GrafanaSettings, url: string, where: string): void {
  checkReplicas(settings, where);
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new ConfigError({
      where: `${where}: links.grafana`,
      found: `"${url}"`,
      allowed: 'an http or https address',
      mend: 'write it as in https://grafana.example.org',
    });
  }
  const { exposure } = settings;
  if (exposure.kind === 'internal-load-balancer' && exposure.sourceRanges.length === 0) {
    throw new ConfigError({
      where: `${where}.exposure.sourceRanges`,
      found: 'no address, which a load balancer reads as everybody',
      allowed: 'one or more CIDR ranges',
      mend: 'name the networks that people come from',
    });
  }
  if (exposure.kind === 'ingress' && address.origin !== `https://${exposure.host}`) {
    throw new ConfigError({
      where: `${where}.exposure.host`,
      found: `"${exposure.host}", while links.grafana says "${url}"`,
      allowed: 'the host of links.grafana, which must begin with https://',
      mend: `write links.grafana as https://${exposure.host}`,
    });
  }
}

/**
 * Refuses a first dashboard that is not there.
 *
 * @throws ConfigError
 */
export function checkHomeDashboard(home: string | undefined, folders: readonly DashboardFolder[]): void {
  if (home === undefined) return;
  const known = folders.flatMap(({ folder, files }) => files.map(({ name }) => `${folder}/${name}`));
  if (known.includes(home)) return;
  throw new ConfigError({
    where: 'homeDashboard',
    found: `"${home}", which does not exist`,
    allowed: known.join(', '),
    mend: 'name one of these',
  });
}

function checkReplicas(settings: GrafanaSettings, where: string): void {
  const replicas = settings.replicas ?? 1;
  if (!Number.isInteger(replicas) || replicas < 1) {
    throw new ConfigError({
      where: `${where}.replicas`,
      found: String(replicas),
      allowed: 'a whole number of at least 1',
      mend: 'write 1, or more with a PostgreSQL database',
    });
  }
  const kind = settings.storage?.kind ?? 'none';
  if (replicas === 1 || kind === 'postgres') return;
  throw new ConfigError({
    where: `${where}.replicas`,
    found: `${String(replicas)} with storage "${kind}", where each replica has sessions and preferences of its own`,
    allowed: '1, or more with storage "postgres"',
    mend: 'set replicas to 1, or give Grafana a PostgreSQL database',
  });
}
