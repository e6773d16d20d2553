import { ConfigError } from '../kubernetes/config-error';
import { addressOf, asPeer, portOf } from '../kubernetes/component';
import { copy } from './relabeling';
import type { ScrapeJob, ScrapedComponent } from './scrape-job';
import { scrapeTiming } from './timing';

/** Name of the job whose `probe_success` tells whether a URL answers. */
export const PROBE_JOB = 'blackbox';

/** Modules that the blackbox exporter must define; see constructs/exporters/blackbox-config.ts. */
export const PROBE_MODULES = { http: 'http_2xx', https: 'https_2xx' } as const;

/** Name of the port at which the blackbox exporter probes. */
const EXPORTER_PORT = 'http';

/** Seconds between probes: a target is another team's, and should not feel it. */
const PROBE_INTERVAL_SECONDS = 30;

/**
 * URLs that the blackbox exporter asks; `instance` is the URL.
 *
 * @throws ConfigError if there is no URL, or one that is not http(s) or carries a password
 */
export function blackboxProbes(urls: readonly string[], exporter: ScrapedComponent): ScrapeJob {
  if (urls.length === 0) {
    throw new ConfigError({
      where: 'scrape.probes',
      found: 'no URL',
      allowed: 'at least one https:// or http:// URL',
      mend: 'name a URL, or leave the job out',
    });
  }
  urls.forEach(requireProbeUrl);
  return {
    name: PROBE_JOB,
    kind: 'probes',
    config: {
      job_name: PROBE_JOB,
      ...scrapeTiming('scrape.probes', PROBE_INTERVAL_SECONDS),
      metrics_path: '/probe',
      params: { module: [PROBE_MODULES.http] },
      static_configs: [{ targets: urls }],
      relabel_configs: [
        copy('__address__', '__param_target'),
        copy('__param_target', 'instance'),
        {
          source_labels: ['__param_target'],
          regex: 'https://.*',
          target_label: '__param_module',
          replacement: PROBE_MODULES.https,
        },
        { target_label: '__address__', replacement: addressOf(exporter, EXPORTER_PORT) },
      ],
    },
    reaches: [
      {
        peer: asPeer(exporter),
        ports: [{ number: portOf(exporter, EXPORTER_PORT).number }],
        why: 'probes of URLs',
      },
    ],
    selects: { kind: 'addresses', addresses: urls },
    targetLabels: ['job', 'instance'],
  };
}

/**
 * Reads a URL to be probed.
 *
 * @throws ConfigError if it is not http(s) or carries a user name or password, which would be secrets in a file
 */
export function requireProbeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const hasCredentials = url !== undefined && `${url.username}${url.password}` !== '';
  if (url !== undefined && /^https?:$/.test(url.protocol) && !hasCredentials) return url;
  throw new ConfigError({
    where: 'scrape.probes',
    found: hasCredentials ? `a URL of ${url.host} with a user name or password in it` : `"${text}"`,
    allowed: 'https:// or http:// URLs without user name and password',
    mend: 'write the full URL of a page that needs no sign-in, such as https://rag.example.org/health',
  });
}
