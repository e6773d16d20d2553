import { Alertmanager } from '../../../constructs/alertmanager/alertmanager';
import { alertmanagerComponent } from '../../../constructs/alertmanager/alertmanager-component';
import { alertRouting } from '../../../constructs/alertmanager/alert-routing';
import type { SnsTopics } from '../../../constructs/alertmanager/receivers';
import type { AlertmanagerSettings } from '../../../environments/environment';
import { aStack, resourcesOf } from '../../support/synth';
import { LINKS, NETWORK, someSettings, TOPICS } from './settings';

function component(settings: AlertmanagerSettings, sns?: SnsTopics) {
  const routing = alertRouting(settings.receivers, { sns });
  return alertmanagerComponent({
    namespace: 'monitoring',
    settings,
    network: NETWORK,
    routing,
    links: LINKS,
    sns,
    where: 'prod.alertmanager',
  });
}

function stackOf(settings: AlertmanagerSettings) {
  const stack = aStack();
  new Alertmanager(stack, 'Alertmanager', {
    component: component(settings, TOPICS),
    image: 'alertmanager:1',
    settings,
    serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/am' },
  });
  return stack;
}

function statefulSet(settings: AlertmanagerSettings) {
  const [set] = resourcesOf(stackOf(settings), 'kubernetes_stateful_set_v1') as unknown as [
    {
      spec: {
        replicas: string;
        template: {
          metadata: { annotations: Record<string, string> };
          spec: { container: [{ args: string[]; env: unknown }] };
        };
      };
    },
  ];
  return set.spec;
}

describe('alertmanagerComponent', () => {
  it('may publish to exactly the two topics', () => {
    expect(component(someSettings(), TOPICS).awsPermissions).toEqual([
      {
        sid: 'PublishAlerts',
        actions: ['sns:Publish'],
        resources: [TOPICS.alertTopicArn, TOPICS.heartbeatTopicArn],
      },
    ]);
  });

  it('has no role and no way to AWS where there is none, or where SNS is off', () => {
    const { receivers } = someSettings();
    const off = someSettings({ receivers: { ...receivers, sns: false } });

    for (const made of [component(someSettings()), component(off, TOPICS)]) {
      expect(made.awsPermissions).toBeUndefined();
      expect(made.egress.map(({ why }) => why)).not.toContain('AWS endpoints');
    }
  });

  it('calls what its receivers need, and no more', () => {
    expect(component(someSettings(), TOPICS).egress.map(({ why, ports }) => [why, ports])).toEqual([
      ['Slack', [{ number: 443 }]],
      ['PagerDuty', [{ number: 443 }]],
      ['SMTP server', [{ number: 587 }]],
      ['Webhook', [{ number: 443 }]],
      ['AWS endpoints', [{ number: 443 }]],
      ['EKS Pod Identity agent', [{ number: 80 }]],
    ]);
  });

  it('keeps to the addresses that the settings name', () => {
    const { receivers } = someSettings();
    const { egress } = component(
      someSettings({
        receivers: {
          email: receivers.email && { ...receivers.email, cidrs: ['10.1.0.0/24'] },
          webhook: { url: 'http://host.docker.internal:5001/alerts', cidrs: ['172.16.0.0/12'] },
        },
      }),
    );

    expect(egress).toEqual([
      { peer: { kind: 'cidrs', cidrs: ['10.1.0.0/24'] }, ports: [{ number: 587 }], why: 'SMTP server' },
      { peer: { kind: 'cidrs', cidrs: ['172.16.0.0/12'] }, ports: [{ number: 5001 }], why: 'Webhook' },
    ]);
  });

  it.each([
    ['http://sink.dev.svc/', undefined, 80],
    ['https://sink.dev.svc/', undefined, 443],
    ['http://sink.dev.svc/', 8080, 8080],
  ])('finds the port of %s with port %s: %d', (url, port, expected) => {
    const { egress } = component(someSettings({ receivers: { webhook: { url, port } } }));

    expect(egress[0]?.ports).toEqual([{ number: expected }]);
  });

  it('reads each secret as a file, and is told by components only', () => {
    const made = component(someSettings(), TOPICS);

    expect(made.secrets.map(({ key }) => key)).toEqual([
      'slack-url',
      'pagerduty-key',
      'smtp-password',
      'url',
    ]);
    expect(made.ingress).toEqual([]);
  });

  it('has its configuration and templates where the program looks', () => {
    const files = component(someSettings(), TOPICS).config.map(({ mountPath, files: content }) => [
      mountPath,
      Object.keys(content),
    ]);

    expect(files).toEqual([
      ['/etc/alertmanager', ['alertmanager.yml']],
      ['/etc/alertmanager/templates', ['email.tmpl', 'notifications.tmpl', 'slack.tmpl']],
    ]);
  });

  it.each(['smtp.example.org', 'smtp.example.org:0', 'smtp.example.org:99999'])(
    'refuses the SMTP server %s',
    (smarthost) => {
      const { receivers } = someSettings();
      const settings = someSettings({
        receivers: { ...receivers, email: receivers.email && { ...receivers.email, smarthost } },
      });

      expect(() => component(settings)).toThrow(
        `prod.alertmanager.receivers.email.smarthost: "${smarthost}"; allowed: host:port with a port from 1 to 65535; mend: write it as in smtp.example.org:587`,
      );
    },
  );
});

describe('Alertmanager', () => {
  it('runs alone without a cluster', () => {
    const { replicas, template } = statefulSet(someSettings());

    expect(replicas).toBe('1');
    expect(template.spec.container[0].args).toContain('--cluster.listen-address=');
    expect(template.spec.container[0].args.filter((arg) => arg.startsWith('--cluster.peer'))).toEqual([]);
    expect(component(someSettings()).ports).toEqual([{ name: 'http', number: 9093 }]);
  });

  it('writes silences and what was told to its volume each minute', () => {
    const [container] = statefulSet(someSettings()).template.spec.container;

    expect(container.args).toContain('--data.maintenance-interval=1m');
  });

  it('gossips as a pair with the members of its own StatefulSet', () => {
    const settings = someSettings({ replicas: 2 });
    const [container] = statefulSet(settings).template.spec.container;

    expect(container.args).toEqual(
      expect.arrayContaining([
        '--cluster.listen-address=0.0.0.0:9094',
        '--cluster.advertise-address=$(POD_IP):9094',
        '--cluster.label=monitoring/alertmanager',
        '--cluster.peer=alertmanager-0.alertmanager-peers.monitoring.svc:9094',
        '--cluster.peer=alertmanager-1.alertmanager-peers.monitoring.svc:9094',
      ]),
    );
    expect(container.env).toEqual([
      { name: 'POD_IP', value_from: { field_ref: { field_path: 'status.podIP' } } },
    ]);
    const services = resourcesOf(stackOf(settings), 'kubernetes_service_v1') as {
      metadata: { name: string };
    }[];
    expect(services.map(({ metadata }) => metadata.name)).toContain('alertmanager-peers');
  });

  it('opens the gossip port to its own kind by TCP and UDP', () => {
    const pair = component(someSettings({ replicas: 2 }));

    expect(pair.egress[0]).toMatchObject({
      peer: { kind: 'component', name: 'alertmanager', namespace: 'monitoring' },
      ports: [{ number: 9094 }, { number: 9094, protocol: 'UDP' }],
    });
    expect(pair.ports.slice(1)).toEqual([
      { name: 'cluster-tcp', number: 9094 },
      { name: 'cluster-udp', number: 9094, protocol: 'UDP' },
    ]);
  });

  it('lets one of a pair go at a time', () => {
    expect(resourcesOf(stackOf(someSettings()), 'kubernetes_pod_disruption_budget_v1')).toEqual([]);
    expect(
      resourcesOf(stackOf(someSettings({ replicas: 2 })), 'kubernetes_pod_disruption_budget_v1'),
    ).toHaveLength(1);
  });

  it('starts new pods when a route changes', () => {
    const { receivers } = someSettings();
    const checksums = [receivers, { ...receivers, teams: [] }].map(
      (each) =>
        statefulSet(someSettings({ receivers: each })).template.metadata.annotations['checksum/config'],
    );

    expect(checksums[0]).not.toBe(checksums[1]);
  });

  it('puts the annotations of its role on the ServiceAccount', () => {
    expect(resourcesOf(stackOf(someSettings()), 'kubernetes_service_account_v1')[0]).toMatchObject({
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/am' } },
    });
  });
});
