import { grafanaIni, renderDashboardProviders } from '../../../constructs/grafana/grafana-config';
import { FOLDERS, POSTGRES, someSettings } from './options';

const URL_TLS = 'https://grafana.example.org';

describe('grafanaIni', () => {
  const ini = grafanaIni({ settings: someSettings(), url: URL_TLS });

  it('reads the password of the user admin from a file', () => {
    expect(ini['security']).toMatchObject({
      admin_user: 'admin',
      admin_password: '$__file{/etc/secrets/grafana-admin/password}',
    });
  });

  it('sends nothing out of the cluster by itself', () => {
    expect(ini['analytics']).toEqual({
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    });
    expect(ini['news']).toEqual({ news_feed_enabled: false });
    expect(ini['snapshots']).toEqual({ external_enabled: false });
    expect(ini['public_dashboards']).toEqual({ enabled: false });
    expect(ini['security']).toMatchObject({ disable_gravatar: true });
  });

  it('leaves the bundled data sources alone and offers no plugins to install', () => {
    expect(ini['plugins']).toEqual({
      preinstall_disabled: true,
      plugin_admin_enabled: false,
      public_key_retrieval_disabled: true,
    });
  });

  it('lets nobody in who is not known', () => {
    expect(ini['auth.anonymous']).toEqual({ enabled: false });
    expect(ini['users']).toMatchObject({ allow_sign_up: false, allow_org_create: false });
  });

  it('shows alerts without evaluating rules a second time', () => {
    expect(ini['unified_alerting']).toEqual({ enabled: true, execute_alerts: false });
  });

  it('reaches AWS by the role only, and gives the role to the plugins that need it', () => {
    expect(ini['aws']).toEqual({
      allowed_auth_providers: 'default',
      assume_role_enabled: false,
      forward_settings_to_plugins: 'cloudwatch, grafana-x-ray-datasource',
    });
  });

  it('writes logs to the console as JSON and shows metrics', () => {
    expect(ini['log']).toEqual({ mode: 'console' });
    expect(ini['log.console']).toEqual({ format: 'json' });
    expect(ini['metrics']).toEqual({ enabled: true });
  });

  it.each([
    ['https://grafana.example.org', true],
    ['http://localhost:3000', false],
  ])('marks cookies of %s as secure: %s', (url, secure) => {
    const { security, server } = grafanaIni({ settings: someSettings(), url });

    expect(security).toMatchObject({ cookie_secure: secure, strict_transport_security: secure });
    expect(server).toMatchObject({ root_url: `${url}/` });
  });

  it('has no database section by default, and PostgreSQL over TLS with its password in a file by choice', () => {
    expect(ini['database']).toBeUndefined();
    expect(grafanaIni({ settings: someSettings({ storage: POSTGRES }), url: URL_TLS })['database']).toEqual({
      type: 'postgres',
      host: 'db.example.org:5432',
      name: 'grafana',
      user: 'grafana',
      password: '$__file{/etc/secrets/grafana-db/password}',
      ssl_mode: 'require',
    });
  });

  it('encrypts a database that stays with a key of its own', () => {
    expect(ini['security']).not.toHaveProperty('secret_key');
    expect(
      grafanaIni({ settings: someSettings({ storage: POSTGRES }), url: URL_TLS })['security'],
    ).toMatchObject({
      secret_key: '$__file{/etc/secrets/grafana-secret-key/key}',
    });
  });

  it('begins with the dashboard that is named', () => {
    expect(ini['dashboards']).toBeUndefined();
    expect(
      grafanaIni({ settings: someSettings(), url: URL_TLS, homeDashboard: 'rag/rag.json' })['dashboards'],
    ).toEqual({ default_home_dashboard_path: '/etc/grafana/dashboards/rag/rag.json' });
  });
});

describe('renderDashboardProviders', () => {
  it('reads each folder from its directory every 30 seconds and takes no edits', () => {
    const { providers } = renderDashboardProviders(FOLDERS) as { providers: Record<string, unknown>[] };

    expect(providers.map(({ folder }) => folder)).toEqual(['Cost', 'RAG']);
    expect(providers[0]).toEqual({
      name: 'cost',
      orgId: 1,
      type: 'file',
      folder: 'Cost',
      folderUid: 'cost',
      disableDeletion: false,
      allowUiUpdates: false,
      updateIntervalSeconds: 30,
      options: { path: '/etc/grafana/dashboards/cost' },
    });
  });
});
