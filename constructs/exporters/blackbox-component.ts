import type { Component, Connection } from '../kubernetes/component';
import { internet } from '../kubernetes/peers';
import { renderYaml } from '../kubernetes/render-yaml';
import { requireProbeUrl } from '../prometheus/probe-job';
import { PROBER } from '../prometheus/scrape-jobs';
import { renderBlackboxConfig } from './blackbox-config';

/** File that the blackbox exporter reads. */
export const BLACKBOX_CONFIG = { directory: `/etc/${PROBER}`, file: 'config.yaml' } as const;

/**
 * The blackbox exporter: it may call any address, but only on the ports of the probed URLs.
 *
 * @throws ConfigError if a URL cannot be probed
 */
export function blackboxComponent(options: {
  readonly namespace: string;
  /** URLs that it is asked to probe. */
  readonly urls: readonly string[];
}): Component {
  return {
    name: PROBER,
    namespace: options.namespace,
    ports: [{ name: 'http', number: 9115 }],
    config: [
      {
        name: 'config',
        mountPath: BLACKBOX_CONFIG.directory,
        files: { [BLACKBOX_CONFIG.file]: renderYaml(renderBlackboxConfig()) },
        reload: 'watched',
      },
    ],
    secrets: [],
    egress: probedPorts(options.urls),
    ingress: [],
    metrics: { port: 'http' },
  };
}

function probedPorts(urls: readonly string[]): Connection[] {
  const ports = urls.map(requireProbeUrl).map((url) => {
    const standard = url.protocol === 'https:' ? 443 : 80;
    return url.port === '' ? standard : Number(url.port);
  });
  return [...new Set(ports)].sort((a, b) => a - b).map((port) => internet(port, 'probed URLs'));
}
