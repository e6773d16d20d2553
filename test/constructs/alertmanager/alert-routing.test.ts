import { alertRouting, checkRouting } from '../../../constructs/alertmanager/alert-routing';
import { receiversFor } from '../../../constructs/alertmanager/routing';
import { ALL_RECEIVERS, fullRouting, TOPICS } from './settings';

const WEBHOOK_ONLY = { webhook: { url: 'http://sink.dev.svc:8080/alerts' } };

function kinds(receiver: string, model = fullRouting()) {
  return model.receivers.find(({ name }) => name === receiver)?.integrations.map(({ kind }) => kind);
}

describe('alertRouting', () => {
  it.each([
    [{ severity: 'critical' }, ['critical']],
    [{ severity: 'warning' }, ['warning']],
    [{ severity: 'info' }, ['ui-only']],
    [{ severity: 'info', team: 'rag' }, ['ui-only']],
    [{ severity: 'critical', team: 'database' }, ['team-database', 'critical']],
    [{ severity: 'warning', team: 'rag' }, ['team-rag', 'warning']],
    [{ severity: 'warning', team: 'nobody' }, ['warning']],
    [{}, ['warning']],
    [{ severity: 'urgent' }, ['warning']],
  ])('sends %j to %j', (labels, receivers) => {
    expect(receiversFor(fullRouting(), { alertname: 'Example', ...labels })).toEqual(receivers);
  });

  it('sends the Watchdog to the heartbeat topic, without AWS to the webhook, and with neither to the screen', () => {
    const watchdog = { alertname: 'Watchdog', severity: 'none' };
    const { webhook: _webhook, ...withoutWebhook } = ALL_RECEIVERS;

    expect(receiversFor(fullRouting(), watchdog)).toEqual(['heartbeat']);
    expect(kinds('heartbeat')).toEqual(['sns']);
    expect(kinds('heartbeat', alertRouting(ALL_RECEIVERS))).toEqual(['webhook']);
    expect(receiversFor(alertRouting(withoutWebhook), watchdog)).toEqual(['ui-only']);
  });

  it('repeats the heartbeat within the 300 seconds of the alarm that waits for it', () => {
    const route = fullRouting().root.routes?.find(({ receiver }) => receiver === 'heartbeat');
    const { groupIntervalSeconds = 0, repeatIntervalSeconds = 0 } = route?.timing ?? {};

    expect(repeatIntervalSeconds).toBeGreaterThan(0);
    expect(repeatIntervalSeconds + groupIntervalSeconds).toBeLessThan(300);
  });

  it('tells critical alerts by every way there is', () => {
    expect(kinds('critical')).toEqual(['pagerduty', 'slack', 'email', 'sns', 'webhook']);
  });

  it('tells warnings to people at their desk and to the webhook, and pages nobody', () => {
    expect(kinds('warning')).toEqual(['slack', 'email', 'webhook']);
  });

  it('uses the default Slack channels unless the settings name others', () => {
    const settings = {
      slack: {
        botToken: { name: 's', key: 'k' },
        criticalChannel: '#pages',
        warningChannel: '#notes',
      },
    };
    const channels = [fullRouting(), alertRouting(settings)].map((model) =>
      model.receivers.flatMap(({ integrations }) =>
        integrations.flatMap((integration) => (integration.kind === 'slack' ? [integration.channel] : [])),
      ),
    );

    expect(channels).toEqual([
      ['#alerts-critical', '#alerts', '#database', '#rag'],
      ['#pages', '#notes'],
    ]);
  });

  it('reminds of critical alerts more often than of warnings, each at a multiple of the group interval', () => {
    const [critical, warning] = ['critical', 'warning'].map(
      (name) => fullRouting().root.routes?.find(({ receiver }) => receiver === name)?.timing,
    );

    expect(critical?.repeatIntervalSeconds).toBeLessThan(warning?.repeatIntervalSeconds ?? 0);
    for (const timing of [critical, warning, fullRouting().root.timing]) {
      expect((timing?.repeatIntervalSeconds ?? 0) % (timing?.groupIntervalSeconds ?? 1)).toBe(0);
    }
  });

  it('silences the lower severity of the same rule only', () => {
    const rules = fullRouting().inhibitRules;

    expect(rules.map(({ name }) => name)).toEqual([
      'critical-over-warning',
      'critical-over-info',
      'warning-over-info',
    ]);
    for (const { equal } of rules) expect(equal).toEqual(expect.arrayContaining(['alertname', 'namespace']));
  });

  it('takes two volumes, disks or nodes for two conditions', () => {
    for (const { equal } of fullRouting().inhibitRules) {
      expect(equal).toEqual(expect.arrayContaining(['persistentvolumeclaim', 'mountpoint', 'node']));
    }
  });

  it('leaves only ui-only empty', () => {
    const empty = fullRouting().receivers.filter(({ integrations }) => integrations.length === 0);

    expect(empty.map(({ name }) => name)).toEqual(['ui-only']);
  });

  it('is content with a webhook inside the cluster', () => {
    const model = alertRouting(WEBHOOK_ONLY);

    expect(kinds('critical', model)).toEqual(['webhook']);
    expect(kinds('warning', model)).toEqual(['webhook']);
  });

  it('leaves SNS out when the settings say so', () => {
    const model = alertRouting({ ...ALL_RECEIVERS, sns: false }, { sns: TOPICS });

    expect(kinds('critical', model)).not.toContain('sns');
    expect(kinds('heartbeat', model)).not.toContain('sns');
  });
});

describe('alertRouting refuses', () => {
  it.each([
    [
      'a severity that reaches nobody',
      {},
      /^prod: nobody is told of severity "critical"; allowed: at least one of pagerduty, slack, email, sns or webhook; mend: add one/,
    ],
    [
      'warnings that reach nobody',
      { pagerduty: ALL_RECEIVERS.pagerduty },
      /nobody is told of severity "warning"; allowed: at least one of slack, email or webhook/,
    ],
    ['SNS without AWS', { ...WEBHOOK_ONLY, sns: true }, /^prod\.sns: true in an environment without AWS/],
    [
      'a channel for a team without Slack',
      { ...WEBHOOK_ONLY, teams: [{ team: 'a', slackChannel: '#a' }] },
      /^prod\.teams\[0\]\.slackChannel: slackChannel where the receivers have no `slack`/,
    ],
    [
      'addresses for a team without e-mail',
      { ...WEBHOOK_ONLY, teams: [{ team: 'a', emails: ['a@example.org'] }] },
      /^prod\.teams\[0\]\.emails: emails where the receivers have no `email`/,
    ],
    [
      'a team that cannot be reached',
      { ...WEBHOOK_ONLY, teams: [{ team: 'a' }] },
      /^prod\.teams\[0\]: team "a" without a way to reach it/,
    ],
    [
      'a team named twice',
      {
        ...ALL_RECEIVERS,
        teams: [
          { team: 'a', slackChannel: '#a' },
          { team: 'a', slackChannel: '#b' },
        ],
      },
      /^prod\.teams\[1\]\.team: "a" a second time/,
    ],
    [
      'e-mail to nobody',
      {
        email: {
          from: 'a@example.org',
          to: [],
          smarthost: 'h:25',
          username: 'u',
          password: { name: 's', key: 'k' },
        },
      },
      /^prod\.email\.to: no address/,
    ],
    [
      'a public webhook in plain text',
      { webhook: { url: 'https://hooks.example.org/T0/secret' } },
      /^prod\.webhook\.url: a plain URL of hooks\.example\.org; allowed: the name and key of a Secret/,
    ],
    [
      'a password in a webhook',
      { webhook: { url: 'http://user:word@sink.dev.svc/' } },
      /^prod\.webhook\.url: a plain URL of sink\.dev\.svc/,
    ],
    ['a webhook that is no URL', { webhook: { url: 'sink' } }, /^prod\.webhook\.url: text that is no URL/],
  ])('%s', (_what, settings, message) => {
    expect(() => alertRouting(settings, { where: 'prod' })).toThrow(message);
  });

  it('and never shows a path that may be the secret', () => {
    const settings = { webhook: { url: 'https://hooks.example.org/T0/secret' } };

    expect(() => alertRouting(settings)).toThrow(/^(?!.*T0).*$/s);
  });
});

describe('checkRouting', () => {
  const root = { receiver: 'a', matchers: [] };
  const a = { name: 'a', integrations: [{ kind: 'slack', channel: '#a' }] } as const;

  it.each([
    ['a route to a receiver that is not defined', [], /route to receiver "a", which is not defined/],
    ['a receiver defined twice', [a, a], /receiver "a" twice/],
    ['an empty receiver', [{ name: 'a', integrations: [] }], /receiver "a", which tells nobody/],
  ])('refuses %s', (_what, receivers, message) => {
    expect(() => {
      checkRouting({ root, receivers, inhibitRules: [] }, 'prod');
    }).toThrow(message);
  });
});
