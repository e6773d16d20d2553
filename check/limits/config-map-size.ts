import { fileStart, findingAt } from '../finding';
import type { Finding } from '../finding';

/** Most bytes that the values of one ConfigMap may have together (Kubernetes: `MaxSecretSize`, also for ConfigMaps). */
export const configMapLimitBytes = 1_048_576;
/** From here a warning tells that the limit is near. */
export const configMapWarningBytes = 900 * 1024;

/** What one ConfigMap would hold. */
export interface ConfigMapPlan {
  /** What it is, in words: `the dashboards of the Grafana folder "cost"`. */
  readonly what: string;
  /** Its files: the path to show, and the content as the ConfigMap would hold it. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** How to make it smaller. */
  readonly mend: string;
}

/** `content/config-map-size`: a ConfigMap that Kubernetes would refuse, or nearly. The finding stands at the biggest file. */
export function configMapSize({ what, files, mend }: ConfigMapPlan): Finding[] {
  const sizes = files
    .map(({ path, content }) => ({ path, bytes: Buffer.byteLength(content, 'utf8') }))
    .sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const biggest = sizes[0];
  if (total <= configMapWarningBytes || biggest === undefined) return [];
  const tooBig = total > configMapLimitBytes;
  const names = sizes.slice(0, 3).map(({ path, bytes }) => `${path} (${String(bytes)})`);
  const message = `${what} take ${String(total)} bytes of the ${String(configMapLimitBytes)} that a ConfigMap may hold; the biggest: ${names.join(', ')}`;
  const severity = tooBig ? 'error' : 'warning';
  return [
    findingAt(biggest.path, fileStart, { rule: 'content/config-map-size', severity, message, hint: mend }),
  ];
}
