import { configMapFindings } from '../../../check/model/config-maps';
import { contractJobFindings } from '../../../check/model/contract-jobs';
import { privilegeProblems } from '../../../check/model/least-privilege';
import { routeFindings } from '../../../check/model/notification-routes';
import { objectNameProblems } from '../../../check/model/object-names';
import type { RoutingModel } from '../../../constructs/alertmanager/routing';
import { yamlFile, type Content } from '../../../content/content';
import { aComponent } from '../../support/component';

describe('configMapFindings', () => {
  const holding = (bytes: number) =>
    aComponent({
      config: [
        {
          name: 'boards',
          mountPath: '/etc/example',
          files: { 'a.json': 'x'.repeat(bytes), 'b.json': 'y' },
          reload: 'watched',
        },
      ],
    });

  it('allows what the API server allows, to the byte', () => {
    expect(configMapFindings('prod', [holding(1_048_576 - 1)])).toEqual([]);
  });

  it('refuses one byte more and names the largest files', () => {
    expect(configMapFindings('prod', [holding(1_048_576)])).toMatchObject([
      {
        file: 'prod: /etc/example/a.json',
        severity: 'error',
        message:
          'prod: the files of example in /etc/example take 1048577 bytes of the 1048576 that a ConfigMap may hold; the biggest: prod: /etc/example/a.json (1048576), prod: /etc/example/b.json (1)',
      },
    ]);
  });

  it('counts bytes, not characters', () => {
    const component = aComponent({
      config: [{ name: 'c', mountPath: '/etc/e', files: { a: 'ü'.repeat(600_000) }, reload: 'watched' }],
    });

    expect(configMapFindings('prod', [component])).toHaveLength(1);
  });
});

describe('objectNameProblems', () => {
  it('refuses a name longer than Kubernetes allows', () => {
    const [problem] = objectNameProblems('prod', [aComponent({ name: 'n'.repeat(64) })]);

    expect(problem).toMatchObject({
      found: `"${'n'.repeat(64)}" cannot be the name of a component`,
      allowed: 'lower-case letters, digits and "-", at most 63 characters',
    });
  });

  it('refuses a port name of sixteen characters', () => {
    const component = aComponent({ ports: [{ name: 'sixteen-letters-', number: 1 }] });

    expect(objectNameProblems('prod', [component])).toMatchObject([
      { found: '"sixteen-letters-" cannot be the name of a port' },
    ]);
  });

  it('refuses two components of one name in a namespace and allows them in two', () => {
    expect(objectNameProblems('prod', [aComponent(), aComponent()])).toHaveLength(1);
    expect(objectNameProblems('prod', [aComponent(), aComponent({ namespace: 'agents' })])).toEqual([]);
  });
});

describe('privilegeProblems', () => {
  const withRule = (rule: { resources: string[]; verbs: string[] }) =>
    aComponent({ permissions: { namespaced: [{ namespace: 'dev', rules: [rule] }] } });

  it.each(['*', 'secrets', 'nodes/proxy', 'pods/exec'])('refuses a role over %s', (resource) => {
    const problems = privilegeProblems('prod', [withRule({ resources: [resource], verbs: ['get'] })]);

    expect(problems).toMatchObject([{ found: `a role over "${resource}"` }]);
  });

  it('refuses a role that can write', () => {
    const problems = privilegeProblems('prod', [withRule({ resources: ['pods'], verbs: ['get', 'delete'] })]);

    expect(problems).toMatchObject([{ found: 'a role with the verb "delete"' }]);
  });

  it('refuses IAM actions by wildcard', () => {
    const component = aComponent({
      awsPermissions: [{ sid: 'Logs', actions: ['logs:Put*'], resources: ['arn:x'] }],
    });

    expect(privilegeProblems('prod', [component])).toMatchObject([
      { found: 'the IAM action "logs:Put*" in statement Logs' },
    ]);
  });

  it('allows reading what is named', () => {
    expect(
      privilegeProblems('prod', [withRule({ resources: ['pods'], verbs: ['get', 'list', 'watch'] })]),
    ).toEqual([]);
  });
});

describe('routeFindings', () => {
  const routing: RoutingModel = {
    root: {
      receiver: 'ui-only',
      matchers: [],
      routes: [
        { receiver: 'page', matchers: [{ label: 'severity', operator: '=', value: 'critical' }] },
        { receiver: 'missing', matchers: [{ label: 'severity', operator: '=', value: 'warning' }] },
      ],
    },
    receivers: [
      { name: 'ui-only', integrations: [] },
      { name: 'page', integrations: [{ kind: 'slack', channel: '#alerts' }] },
    ],
    inhibitRules: [],
  };
  const alert = (severity: string) => ({
    labels: { alertname: 'Example', severity },
    file: 'alert-rules/a.yaml',
    at: () => ({ line: 3, column: 9 }),
  });

  it('accepts an alert that reaches somebody, and info on the screen', () => {
    expect(routeFindings('prod', routing, [alert('critical'), alert('info')])).toEqual([]);
  });

  it('refuses an alert that asks for somebody and ends on the screen', () => {
    expect(routeFindings('prod', routing, [alert('urgent')])).toMatchObject([
      {
        file: 'alert-rules/a.yaml',
        line: 3,
        severity: 'error',
        message:
          'in prod an alert of severity "urgent" ends in ui-only, where nobody is told; allowed: severity info only',
      },
    ]);
  });

  it('warns where nobody would miss the heartbeat', () => {
    expect(routeFindings('prod', routing, [alert('none')])).toMatchObject([
      {
        severity: 'warning',
        hint: 'give the environment SNS or a webhook, so that somebody misses the heartbeat',
      },
    ]);
  });

  it('refuses a receiver that is named but not defined', () => {
    expect(routeFindings('prod', routing, [alert('warning')])).toMatchObject([
      {
        message:
          'in prod the alert goes to the receiver "missing", which is not defined; allowed: ui-only, page',
      },
    ]);
  });

  it('refuses any other receiver that is empty', () => {
    const hollow = { ...routing, receivers: [...routing.receivers, { name: 'hollow', integrations: [] }] };

    expect(routeFindings('prod', hollow, [])).toMatchObject([
      {
        file: 'prod: alertmanager',
        message:
          'the receiver "hollow" tells nobody; allowed: at least one integration in every receiver but ui-only',
      },
    ]);
  });
});

describe('contractJobFindings', () => {
  const contract = (job: string, targetLabels: string, optional: boolean): Content => ({
    dashboards: [],
    rules: [],
    runbooks: [],
    slos: [],
    strays: [],
    metrics: [
      yamlFile(
        'metrics/x.yaml',
        [
          'producer: x',
          `job: ${job}`,
          `targetLabels: [${targetLabels}]`,
          `optional: ${String(optional)}`,
          'metrics:',
          '  - { name: x_total, type: counter, unit: x, help: x, confirmed: { by: engine, source: x } }',
          '',
        ].join('\n'),
      ),
    ],
  });
  const findings = (job: string, targetLabels: string, optional = false) =>
    contractJobFindings(
      'prod',
      [{ name: 'rag-api', targetLabels: ['job', 'instance', 'pod'] }],
      contract(job, targetLabels, optional),
    );

  it('accepts metrics of a job that is scraped, and those of every job', () => {
    expect(findings('rag-api', 'job, pod')).toEqual([]);
    expect(findings("'*'", 'anything')).toEqual([]);
  });

  it('refuses metrics that no job scrapes', () => {
    expect(findings('rag-apy', 'job')).toMatchObject([
      {
        file: 'metrics/x.yaml',
        line: 2,
        message: 'prod has no scrape job "rag-apy"; allowed: rag-api',
        hint: 'write rag-api',
      },
    ]);
  });

  it('accepts an optional job that the environment lacks, and still looks at its labels where it is', () => {
    expect(findings('postgres-exporter', 'job', true)).toEqual([]);
    expect(findings('rag-api', 'node', true)).toHaveLength(1);
  });

  it('refuses a target label that the job does not set', () => {
    expect(findings('rag-api', 'node')).toMatchObject([
      {
        line: 3,
        message: 'in prod the job "rag-api" does not set the label "node"; allowed: job, instance, pod',
      },
    ]);
  });
});
