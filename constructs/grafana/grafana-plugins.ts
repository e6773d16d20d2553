import type { GrafanaSettings } from '../../environments/environment';
import { DATASOURCE_UIDS } from './grafana-datasources';

/** Where Grafana looks for plugins that its image does not bundle; a custom image carries them there. */
export const PLUGIN_DIRECTORY = '/var/lib/grafana/plugins';

/** Plugin id to version. */
export type PluginVersions = Readonly<Record<string, string>>;

/** The plugins that are fetched at start: none if the image carries them, and X-Ray's only where there is AWS. */
export function downloadedPlugins(
  settings: Pick<GrafanaSettings, 'plugins'>,
  plugins: PluginVersions,
  aws: boolean,
): PluginVersions {
  if (settings.plugins?.kind === 'image') return {};
  return Object.fromEntries(Object.entries(plugins).filter(([id]) => aws || id !== DATASOURCE_UIDS.xray));
}

/**
 * Fetches plugins at their versions before Grafana starts.
 *
 * Grafana's own preinstallation is no way: it would also replace the data sources that the image bundles by whatever is
 * newest, and with a read-only root file system it loses them altogether (github.com/grafana/grafana/issues/132528).
 * A plugin that cannot be had does not keep Grafana from starting, for the other boards are wanted most when the network
 * is bad; its panels say that it is missing.
 */
export function installCommand(plugins: PluginVersions): string[] {
  const lines = Object.entries(plugins).map(([id, version]) => `install ${id} ${version}`);
  const script = [
    'install() {',
    `  timeout 120 grafana cli --pluginsDir ${PLUGIN_DIRECTORY} plugins install "$1" "$2" ||`,
    '    echo "plugin $1 $2 could not be fetched; Grafana starts without it" >&2',
    '}',
    ...lines,
  ];
  return ['sh', '-c', script.join('\n')];
}
