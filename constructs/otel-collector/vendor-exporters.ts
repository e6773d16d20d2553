import type { CollectorSettings, SecretRef } from '../../environments/environment';
import { secretFile } from '../kubernetes/component';
import { ConfigError } from '../kubernetes/config-error';

type Vendors = NonNullable<CollectorSettings['vendors']>;

/** Exporters of the vendors that are on, by the Collector's name for each. */
export function vendorExporters(
  vendors: Vendors,
  delivery: object,
  where: string,
): Readonly<Record<string, object>> {
  const { datadog, newRelic, sentry } = vendors;
  return {
    ...(datadog && {
      datadog: {
        // Without the metadata the Collector's node would be counted as a host of its own.
        host_metadata: { enabled: false },
        api: { site: host(datadog.site, `${where}.datadog.site`), key: fromFile(datadog.apiKey) },
        ...delivery,
      },
    }),
    ...(newRelic && {
      'otlp_http/newrelic': {
        endpoint: httpsUrl(newRelic.endpoint, `${where}.newRelic.endpoint`),
        headers: { 'api-key': fromFile(newRelic.licenseKey) },
        ...delivery,
      },
    }),
    // It queues but does not retry: one batch may lead to several projects.
    ...(sentry && {
      sentry: {
        url: httpsUrl(sentry.url, `${where}.sentry.url`),
        org_slug: sentry.organization,
        auth_token: fromFile(sentry.authToken),
      },
    }),
  };
}

/** Secrets that the vendors' exporters read. */
export function vendorSecrets({ datadog, newRelic, sentry }: Vendors): readonly SecretRef[] {
  return [datadog?.apiKey, newRelic?.licenseKey, sentry?.authToken].filter((secret) => secret !== undefined);
}

/**
 * The Collector puts in the file's content when it reads its configuration
 * (go.opentelemetry.io/collector/confmap/provider/fileprovider).
 */
function fromFile(secret: SecretRef): string {
  return `\${file:${secretFile(secret)}}`;
}

function httpsUrl(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return text;
  throw new ConfigError({
    where,
    found: url?.password ? 'a URL with a password' : JSON.stringify(text),
    allowed: 'an https URL without credentials',
    mend: 'write it as in https://otlp.nr-data.net; the key comes from its Secret',
  });
}

function host(text: string, where: string): string {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text)) return text;
  throw new ConfigError({
    where,
    found: JSON.stringify(text),
    allowed: "a Datadog site's host name",
    mend: 'write it as in datadoghq.eu, without https://',
  });
}
