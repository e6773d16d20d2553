import type { GrafanaSettings, GrafanaStorage } from '../../environments/environment';
import { secretFile } from '../kubernetes/component';
import type { DashboardFolder } from './dashboard-files';
import { DATASOURCE_UIDS } from './grafana-datasources';
import type { IniFile } from './render-ini';

/** Directory under which each Grafana folder has its dashboards. */
export const DASHBOARD_DIRECTORY = '/etc/grafana/dashboards';

/** What grafana.ini is made of. */
export interface GrafanaConfigOptions {
  readonly settings: GrafanaSettings;
  /** Address as a person opens it. */
  readonly url: string;
  /**
   * Dashboard to begin with, as `<folder>/<file>`.
   * @default - Grafana's own page
   */
  readonly homeDashboard?: string;
}

/**
 * grafana.ini: only what differs from Grafana's defaults.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 */
export function grafanaIni(options: GrafanaConfigOptions): IniFile {
  const { settings, url, homeDashboard } = options;
  return {
    server: { root_url: `${url.replace(/\/+$/, '')}/`, enable_gzip: true },
    ...database(settings.storage ?? { kind: 'none' }),
    security: security(settings, url),
    users: {
      allow_sign_up: false,
      allow_org_create: false,
      auto_assign_org_role: 'Viewer',
      // Links to traces and logs lead into Explore, which is closed to viewers otherwise; they can save nothing.
      viewers_can_edit: true,
    },
    'auth.anonymous': { enabled: false },
    ...nothingLeaves(),
    plugins: {
      // What the image bundles is what runs; see installCommand for the rest.
      preinstall_disabled: true,
      plugin_admin_enabled: false,
      // The key that the signatures are checked with is built in.
      public_key_retrieval_disabled: true,
    },
    ...(homeDashboard !== undefined && {
      dashboards: { default_home_dashboard_path: `${DASHBOARD_DIRECTORY}/${homeDashboard}` },
    }),
    // Shows the alerts of Prometheus and Alertmanager and makes silences; rules are evaluated by Prometheus alone.
    unified_alerting: { enabled: true, execute_alerts: false },
    aws: {
      allowed_auth_providers: 'default',
      assume_role_enabled: false,
      // Plugins run as processes of their own, and only these get the variables that lead to the role.
      forward_settings_to_plugins: `${DATASOURCE_UIDS.cloudwatch}, ${DATASOURCE_UIDS.xray}`,
    },
    log: { mode: 'console' },
    'log.console': { format: 'json' },
    metrics: { enabled: true },
  };
}

/** One provider for each folder, so that a folder's dashboards come and go with its directory. */
export function renderDashboardProviders(folders: readonly DashboardFolder[]): Record<string, unknown> {
  return {
    apiVersion: 1,
    providers: folders.map(({ folder, title }) => ({
      name: folder,
      orgId: 1,
      type: 'file',
      folder: title,
      folderUid: folder,
      disableDeletion: false,
      allowUiUpdates: false,
      updateIntervalSeconds: 30,
      options: { path: `${DASHBOARD_DIRECTORY}/${folder}` },
    })),
  };
}

function security(settings: GrafanaSettings, url: string): IniFile[string] {
  const tls = url.startsWith('https:');
  const storage = settings.storage ?? { kind: 'none' };
  return {
    admin_user: 'admin',
    admin_password: fileReference(secretFile(settings.adminPassword)),
    ...(storage.kind !== 'none' && { secret_key: fileReference(secretFile(storage.secretKey)) }),
    cookie_secure: tls,
    strict_transport_security: tls,
    content_security_policy: true,
    disable_gravatar: true,
  };
}

/** No usage report, version check, news, gravatar or shared snapshot leaves the cluster. */
function nothingLeaves(): IniFile {
  return {
    analytics: {
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    news: { news_feed_enabled: false },
    snapshots: { external_enabled: false },
    public_dashboards: { enabled: false },
  };
}

function database(storage: GrafanaStorage): IniFile {
  if (storage.kind !== 'postgres') return {};
  return {
    database: {
      type: 'postgres',
      host: `${storage.host}:${String(storage.port ?? 5432)}`,
      name: storage.database,
      user: storage.user,
      password: fileReference(secretFile(storage.password)),
      ssl_mode: 'require',
    },
  };
}

/** Grafana reads the value from the file (grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#file-provider). */
function fileReference(path: string): string {
  return `$__file{${path}}`;
}
