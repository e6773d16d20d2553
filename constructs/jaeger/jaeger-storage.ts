import type { JaegerSettings } from '../../environments/environment';
import { secretFile } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';

/** Where Badger's volume is mounted. */
export const JAEGER_DATA_DIRECTORY = '/var/lib/jaeger';

type Storage = JaegerSettings['storage'];
type Cluster = Extract<Storage, { kind: 'elasticsearch' | 'opensearch' }>;

/**
 * One entry of `jaeger_storage.backends`.
 *
 * @throws ConfigError if a number or URL is not one
 */
export function jaegerBackend(storage: Storage, where: string): object {
  switch (storage.kind) {
    case 'memory':
      return { memory: { max_traces: positive(storage.maxTraces ?? 50_000, `${where}.maxTraces`) } };
    case 'badger':
      return {
        badger: {
          ephemeral: false,
          directories: {
            keys: `${JAEGER_DATA_DIRECTORY}/keys`,
            values: `${JAEGER_DATA_DIRECTORY}/values`,
          },
          ttl: { spans: `${String(positive(storage.retentionDays, `${where}.retentionDays`) * 24)}h` },
        },
      };
    case 'elasticsearch':
    case 'opensearch':
      return { [storage.kind]: clusterBackend(storage, where) };
  }
}

/** Ports of the servers, for the network policy. */
export function clusterPorts(storage: Cluster, where: string): number[] {
  const ports = serverUrls(storage, where).map((url) => {
    if (url.port !== '') return Number(url.port);
    return url.protocol === 'https:' ? 443 : 80;
  });
  return [...new Set(ports)];
}

/** How long spans are kept is the cluster's affair: an index lifecycle or a cleaner there, since Jaeger deletes nothing. */
function clusterBackend(storage: Cluster, where: string): object {
  serverUrls(storage, where);
  return {
    server_urls: storage.urls,
    auth: {
      basic: {
        username: storage.username,
        password_file: secretFile(storage.password),
        // A rotated password is taken up without a restart.
        reload_interval: '1m',
      },
    },
  };
}

function serverUrls(storage: Cluster, where: string): URL[] {
  if (storage.urls.length === 0) {
    throw new ConfigError({
      where: `${where}.urls`,
      found: 'no URL',
      allowed: 'at least one',
      mend: 'give the addresses of the servers, as in https://search.example.org:9200',
    });
  }
  return storage.urls.map((text, index) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
    throw new ConfigError({
      where: `${where}.urls[${String(index)}]`,
      found: url?.password ? 'a URL with a password' : JSON.stringify(text),
      allowed: 'an http or https URL without credentials',
      mend: 'write it as in https://search.example.org:9200; the password comes from its Secret',
    });
  });
}

function positive(value: number, where: string): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new ConfigError({
    where,
    found: String(value),
    allowed: 'a whole number from 1',
    mend: 'give a number of at least 1',
  });
}
