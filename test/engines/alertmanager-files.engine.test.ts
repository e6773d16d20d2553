import { execFileSync } from 'node:child_process';
import { parse } from 'yaml';
import type { RuleDocument } from '../../content/rules';
import { describeWithEngines } from '../support/engines';
import { ENVIRONMENTS, renderedFolder, ruleFilesOf, type RenderedFolder } from '../support/rendered';

/** Who is told where no team has a receiver of its own: `<severity> <team>` to receivers in the order of the tree. */
const WITHOUT_TEAMS: Readonly<Record<string, string>> = {
  'critical rag': 'critical',
  'critical database': 'critical',
  'critical platform': 'critical',
  'warning rag': 'warning',
  'warning database': 'warning',
  'warning platform': 'warning',
  'info rag': 'ui-only',
  'info database': 'ui-only',
  'info platform': 'ui-only',
  // Watchdog, which is routed by its name.
  'none platform': 'heartbeat',
  'critical security': 'critical',
  'warning security': 'warning',
};

/** Who is told of what, written down by hand; an alert of a severity and team that is not here fails its test. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  local: WITHOUT_TEAMS,
  dev: WITHOUT_TEAMS,
  staging: WITHOUT_TEAMS,
  prod: {
    ...WITHOUT_TEAMS,
    'critical rag': 'team-rag,critical',
    'critical database': 'team-database,critical',
    'warning rag': 'team-rag,warning',
    'warning database': 'team-database,warning',
    'critical security': 'team-security,critical',
    'warning security': 'team-security,warning',
  },
};

/** How each receiver tells somebody. */
const INTEGRATIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  local: {
    critical: ['webhook'],
    warning: ['webhook'],
    heartbeat: ['webhook'],
    'ui-only': [],
  },
  dev: {
    critical: ['slack', 'email', 'sns'],
    warning: ['slack', 'email'],
    heartbeat: ['sns'],
    'ui-only': [],
  },
  staging: {
    critical: ['slack', 'email', 'sns'],
    warning: ['slack', 'email'],
    heartbeat: ['sns'],
    'ui-only': [],
  },
  prod: {
    critical: ['pagerduty', 'slack', 'email', 'sns'],
    warning: ['slack', 'email'],
    'team-database': ['slack', 'email'],
    'team-rag': ['slack'],
    'team-security': ['slack', 'email'],
    heartbeat: ['sns'],
    'ui-only': [],
  },
};

/** Labels of every alert in the rendered rule files. */
function alertsOf(folder: RenderedFolder): readonly Readonly<Record<string, string>>[] {
  return ruleFilesOf(folder.environment)
    .flatMap((name) => (parse(folder.read(name)) as RuleDocument).groups)
    .flatMap(({ labels, rules }) =>
      rules.flatMap((rule) =>
        rule.alert === undefined ? [] : [{ alertname: rule.alert, ...labels, ...rule.labels }],
      ),
    );
}

jest.setTimeout(60_000);

describeWithEngines(['amtool'], 'the rendered files of Alertmanager in amtool', ({ amtool }) => {
  let folder: RenderedFolder;
  const config = 'alertmanager/alertmanager.yml';

  afterEach(() => {
    folder.remove();
  });

  describe.each(ENVIRONMENTS)('%s', (environment) => {
    beforeEach(() => {
      folder = renderedFolder(environment);
    });

    it('pass check-config, templates included', () => {
      const output = execFileSync(amtool, ['check-config', folder.file(config)], { encoding: 'utf8' });

      expect(output).toContain('SUCCESS');
      expect(output).toContain('1 templates');
    });

    it('send every alert of the rules to whom the table says', () => {
      const alerts = alertsOf(folder);
      const found = alerts.map((labels) => {
        const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
        const args = ['config', 'routes', 'test', `--config.file=${folder.file(config)}`, ...pairs];
        return [labels['alertname'], execFileSync(amtool, args, { encoding: 'utf8' }).trim()];
      });
      const expected = alerts.map(({ alertname, severity = '', team = '' }) => [
        alertname,
        EXPECTED[environment]?.[`${severity} ${team}`] ?? `add "${severity} ${team}" to the table`,
      ]);

      expect(alerts.length).toBeGreaterThan(0);
      expect(found).toEqual(expected);
    });

    it('tell by the ways that the table says', () => {
      const { receivers } = parse(folder.read(config)) as {
        receivers: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
      };
      const found = receivers.map(({ name, ...rest }) => [
        name,
        Object.keys(rest).map((key) => key.replace('_configs', '')),
      ]);

      expect(Object.fromEntries(found)).toEqual(INTEGRATIONS[environment]);
    });
  });
});
