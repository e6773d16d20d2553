import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  notificationTemplates,
  renderAlertmanagerConfig,
  TEMPLATE_DIRECTORY,
} from '../../constructs/alertmanager/alertmanager-config';
import { alertRouting } from '../../constructs/alertmanager/alert-routing';
import { receiversFor } from '../../constructs/alertmanager/routing';
import { renderYaml } from '../../constructs/kubernetes/render-yaml';
import { ALL_RECEIVERS, fullRouting, LINKS } from '../constructs/alertmanager/settings';
import { describeWithEngines } from '../support/engines';

/** What Alertmanager hands to a template. */
const NOTIFICATION = {
  receiver: 'critical',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'ErrorRatioHigh', namespace: 'prod', severity: 'critical', model: 'a<b&c' },
      annotations: {
        summary: '6 % of requests fail',
        description: 'More than 5 % & rising',
        runbook_url: 'https://example.org/runbooks/ErrorRatioHigh.md',
      },
      startsAt: '2026-01-02T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus',
      fingerprint: 'a',
    },
    {
      status: 'resolved',
      labels: { alertname: 'ErrorRatioHigh', namespace: 'prod', severity: 'critical' },
      annotations: {},
      startsAt: '2026-01-02T09:00:00Z',
      endsAt: '2026-01-02T09:30:00Z',
      generatorURL: 'http://prometheus',
      fingerprint: 'b',
    },
  ],
  groupLabels: { alertname: 'ErrorRatioHigh', namespace: 'prod' },
  commonLabels: { alertname: 'ErrorRatioHigh', namespace: 'prod', severity: 'critical' },
  commonAnnotations: { summary: `Größer\n${'0123456789'.repeat(20)}` },
  externalURL: 'http://alertmanager',
};

const TEAMS: Record<string, string>[] = [{}, { team: 'database' }, { team: 'rag' }, { team: 'other' }];

const LABEL_SETS: Record<string, string>[] = [
  { alertname: 'Watchdog', severity: 'none' },
  ...['critical', 'warning', 'info', 'none', 'urgent'].flatMap((severity) =>
    TEAMS.map((team) => ({
      alertname: 'Example',
      severity,
      ...team,
    })),
  ),
  { alertname: 'Example' },
  { alertname: 'Example', team: 'rag' },
];

describeWithEngines(['amtool'], 'alert routing in amtool', ({ amtool }) => {
  const folder = mkdtempSync(join(tmpdir(), 'alert-routing-'));
  const configFile = join(folder, 'alertmanager.yml');
  const dataFile = join(folder, 'notification.json');
  const templates = join(folder, 'templates');

  const run = (...args: string[]) => execFileSync(amtool, args, { encoding: 'utf8' });
  const template = (name: string, type: 'text' | 'html' = 'text') =>
    run(
      'template',
      'render',
      `--template.glob=${templates}/*.tmpl`,
      `--template.type=${type}`,
      `--template.data=${dataFile}`,
      `--template.text={{ template "${name}" . }}`,
    );

  beforeAll(() => {
    const config = renderAlertmanagerConfig({
      routing: fullRouting(),
      settings: ALL_RECEIVERS,
      links: LINKS,
    });
    writeFileSync(configFile, renderYaml(config).replace(TEMPLATE_DIRECTORY, templates));
    writeFileSync(dataFile, JSON.stringify(NOTIFICATION));
    mkdirSync(templates);
    for (const [name, text] of Object.entries(notificationTemplates())) {
      writeFileSync(join(templates, name), text);
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is a configuration that it accepts', () => {
    expect(run('check-config', configFile)).toContain('SUCCESS');
  });

  it('is also accepted with a webhook and nothing else', () => {
    const settings = { webhook: { url: 'http://sink.dev.svc:8080/alerts' } };
    const file = join(folder, 'webhook.yml');
    writeFileSync(
      file,
      renderYaml(renderAlertmanagerConfig({ routing: alertRouting(settings), settings, links: LINKS })),
    );

    expect(run('check-config', file)).toContain('SUCCESS');
  });

  it.each(LABEL_SETS)('reaches the receivers that the model says for %j', (labels) => {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const found = run('config', 'routes', 'test', `--config.file=${configFile}`, ...pairs).trim();

    expect(found.split(',')).toEqual(receiversFor(fullRouting(), labels));
  });

  it('titles a notification by state, number, name, severity and namespace', () => {
    expect(template('rag.title')).toBe('[FIRING:1] ErrorRatioHigh (critical) in prod');
  });

  it('gives SNS a subject of less than 100 ASCII characters on one line', () => {
    expect(template('rag.sns.subject')).toMatch(/^\[FIRING\] ErrorRatioHigh: Gr\?er\?[ -~]{1,80}$/);
    expect(template('rag.sns.subject')).toHaveLength(99);
  });

  it('writes what fires and what is over, with runbook and start', () => {
    expect(template('rag.text')).toBe(
      [
        'Firing:',
        '- 6 % of requests fail',
        '  More than 5 % & rising',
        '  Since: 2026-01-02 10:00:00 UTC',
        '  Labels: alertname=ErrorRatioHigh, model=a<b&c, namespace=prod, severity=critical',
        '  Runbook: https://example.org/runbooks/ErrorRatioHigh.md',
        'Resolved:',
        '- ErrorRatioHigh',
        '  Since: 2026-01-02 09:00:00 UTC',
        '  Labels: alertname=ErrorRatioHigh, namespace=prod, severity=critical',
        '',
      ].join('\n'),
    );
  });

  it("escapes Slack's own markup and links the runbook", () => {
    const text = template('rag.slack.text');

    expect(text).toContain(
      '*6 % of requests fail*\nMore than 5 % &amp; rising\n`model=a&lt;b&amp;c`, `namespace=prod`',
    );
    expect(text).toContain('<https://example.org/runbooks/ErrorRatioHigh.md|Runbook>');
    expect(text).toContain(':white_check_mark: *ErrorRatioHigh*');
    expect(template('rag.slack.colour')).toBe('danger');
  });

  it('writes an e-mail in which values are escaped', () => {
    const html = template('rag.email.html', 'html');

    expect(html).toContain('<a href="https://example.org/runbooks/ErrorRatioHigh.md">Runbook</a>');
    expect(html).toContain('model=a&lt;b&amp;c');
    expect(html).toContain('over at 2026-01-02 09:30:00 UTC');
  });
});
