import { PROBE_MODULES } from '../prometheus/probe-job';

/** Configuration of the blackbox exporter, as far as this project sets it (github.com/prometheus/blackbox_exporter, CONFIGURATION.md). */
export interface BlackboxConfig {
  readonly modules: Readonly<Record<string, BlackboxModule>>;
}

/** One way to probe. */
export interface BlackboxModule {
  readonly prober: 'http';
  /** The exporter gives up at this time or half a second before Prometheus does, whichever is first. */
  readonly timeout: string;
  readonly http: {
    readonly method: 'GET';
    readonly preferred_ip_protocol: 'ip4' | 'ip6';
    readonly ip_protocol_fallback: boolean;
    readonly follow_redirects: boolean;
    readonly fail_if_not_ssl: boolean;
    /** Bytes of the answer that are read. */
    readonly body_size_limit: string;
  };
}

/**
 * Renders the modules that the probe job asks for: an answer in the two hundreds, and for `https_2xx` one that came
 * over TLS to the end, so that a redirect to plain http is a failure. A certificate that does not verify fails both.
 */
export function renderBlackboxConfig(): BlackboxConfig {
  return {
    modules: {
      [PROBE_MODULES.http]: module(false),
      [PROBE_MODULES.https]: module(true),
    },
  };
}

function module(tlsOnly: boolean): BlackboxModule {
  return {
    prober: 'http',
    timeout: '10s',
    http: {
      method: 'GET',
      // The exporter tries one address only, IPv6 by default, and pods of an IPv4 cluster have no way there.
      preferred_ip_protocol: 'ip4',
      ip_protocol_fallback: true,
      follow_redirects: true,
      fail_if_not_ssl: tlsOnly,
      body_size_limit: '10MB',
    },
  };
}
