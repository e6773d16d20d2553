import { collisionProblems } from '../../../check/environment/collisions';
import { secretProblems } from '../../../check/environment/secrets';
import { senseProblems } from '../../../check/environment/sense';
import { shapeProblems } from '../../../check/environment/shape';
import type { Environment } from '../../../environments/environment';
import { environments } from '../../../environments';
import { local } from '../../../environments/local';
import { prod } from '../../../environments/prod';

/** Problems as `field: found`, which is what a person reads first. */
function told(problems: ReturnType<typeof shapeProblems>): string[] {
  return problems.map(({ path, found }) => `${path.map(String).join('.')} ${found}`);
}

function changed(change: (environment: Environment) => object): Environment {
  return { ...prod, ...change(prod) };
}

describe.each(environments.map((environment) => [environment.name, environment] as const))(
  'the environment %s of this repository',
  (_name, environment) => {
    it('is well-formed, makes sense and holds no secret', () => {
      expect(shapeProblems(environment)).toEqual([]);
      expect(senseProblems(environment)).toEqual([]);
      expect(secretProblems(environment)).toEqual([]);
    });
  },
);

describe('shapeProblems', () => {
  it('names an unknown field, the fields there are, and the nearest one', () => {
    const problems = shapeProblems(
      changed(({ prometheus }) => ({ prometheus: { ...prometheus, retentionDay: 3 } })),
    );

    expect(problems).toEqual([
      {
        path: ['prometheus', 'retentionDay'],
        found: 'is no field of an environment',
        allowed:
          'volume, retentionDays, retentionSizeGiB, scrapeIntervalSeconds, resources, applicationSampleLimit',
        mend: 'write retentionDays',
      },
    ]);
  });

  it('names a missing field', () => {
    expect(told(shapeProblems({ ...prod, thresholds: undefined }))).toEqual(['thresholds is missing']);
  });

  it.each(['Project', 'environment', 'ManagedBy', 'aws:owner'])('leaves the tag %s to the stack', (tag) => {
    const [problem] = shapeProblems({ ...prod, tags: { [tag]: 'other' } });

    expect(problem).toMatchObject({
      path: ['tags', tag],
      allowed: 'a key other than Project, Environment, ManagedBy and aws:*',
    });
  });

  it('tells the kinds there are when a kind is unknown', () => {
    const storage = { kind: 'volum' };
    const problems = shapeProblems(changed(({ grafana }) => ({ grafana: { ...grafana, storage } })));

    expect(problems).toMatchObject([{ allowed: '"none", "volume", "postgres"', found: 'is "volum"' }]);
  });

  it('refuses a secret value where a reference belongs and does not repeat it', () => {
    const problems = shapeProblems(
      changed(({ grafana }) => ({ grafana: { ...grafana, adminPassword: 'hunter2' } })),
    );

    expect(problems).toMatchObject([
      {
        path: ['grafana', 'adminPassword'],
        allowed: 'a reference { name, key } to a Kubernetes Secret, never the secret value itself',
      },
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each([
    [
      'a name longer than Kubernetes allows',
      { namespaces: { ...prod.namespaces, monitoring: 'm'.repeat(64) } },
    ],
    ['an account id that is not twelve digits', { aws: { ...prod.aws, accountId: '1234' } }],
    ['a percentage where a share belongs', { thresholds: { ...prod.thresholds, errorRatio: 5 } }],
    ['a range with host bits', { network: { ...prod.network, nodeCidrs: ['10.0.0.1/16'] } }],
    ['a state path that differs by machine', { state: { kind: 'local', path: '/home/me/state' } }],
    ['a third Alertmanager', { alertmanager: { ...prod.alertmanager, replicas: 3 } }],
  ])('refuses %s', (_what, change) => {
    expect(shapeProblems({ ...prod, ...change })).toHaveLength(1);
  });
});

describe('senseProblems', () => {
  it('refuses a retention size that the volume cannot hold', () => {
    const problems = senseProblems(
      changed(({ prometheus }) => ({ prometheus: { ...prometheus, retentionSizeGiB: 60 } })),
    );

    expect(problems).toEqual([
      {
        path: ['prometheus', 'retentionSizeGiB'],
        found: 'is 60 on a volume of 50 GiB: the disk is full before anything is dropped',
        allowed: 'below 50, with room for the write-ahead log',
        mend: 'leave it out (80 % of the volume is taken) or enlarge prometheus.volume.sizeGiB',
      },
    ]);
  });

  it('refuses a team route to a receiver that is not defined', () => {
    const receivers = {
      pagerduty: { routingKey: { name: 's', key: 'k' } },
      webhook: { url: 'http://x' },
      teams: [{ team: 'db', slackChannel: '#db' }],
    };
    const problems = senseProblems(
      changed(({ alertmanager }) => ({ alertmanager: { ...alertmanager, receivers } })),
    );

    expect(told(problems)).toEqual([
      'alertmanager.receivers.teams.0.slackChannel uses the receiver slack, which is not defined',
    ]);
  });

  it('refuses alerts that reach nobody', () => {
    const receivers = { sns: false };
    const problems = senseProblems(
      changed(({ alertmanager }) => ({ alertmanager: { ...alertmanager, receivers } })),
    );

    expect(told(problems)).toEqual([
      'alertmanager.receivers sends critical alerts to nobody',
      'alertmanager.receivers sends warning alerts to nobody',
    ]);
  });

  it.each<[string, Environment, string]>([
    [
      'a memory limit below the request',
      { ...prod, xray: { resources: { cpuMillicores: 1, memoryMiB: 9, memoryLimitMiB: 8 } } },
      'xray.resources.memoryLimitMiB is 8, below the request of 9',
    ],
    [
      'a log retention that CloudWatch lacks',
      { ...prod, logs: { ...prod.logs, retentionDays: 10 } },
      'logs.retentionDays is 10',
    ],
    [
      'the X-Ray daemon without AWS',
      { ...local, xray: prod.xray },
      'xray needs an AWS account, and the environment has none',
    ],
    [
      'two Grafanas without a shared database',
      { ...prod, grafana: { ...prod.grafana, replicas: 2 } },
      'grafana.replicas is 2, and each replica would have a database of its own',
    ],
    [
      'an autoscaler outside the application',
      { ...prod, autoscaling: { deployment: 'rag-api', namespace: 'dev', minReplicas: 1, maxReplicas: 2 } },
      'autoscaling.namespace is "dev"',
    ],
    [
      'an autoscaler whose bounds are crossed',
      { ...prod, autoscaling: { deployment: 'rag-api', namespace: 'prod', minReplicas: 3, maxReplicas: 2 } },
      'autoscaling.minReplicas is 3, above maxReplicas 2',
    ],
    [
      'a namespace for two purposes',
      { ...prod, namespaces: { ...prod.namespaces, agents: 'monitoring' } },
      'namespaces has "monitoring" twice',
    ],
    [
      'a second job of one name',
      { ...prod, scrape: { static: [{ job: 'rag-api', targets: ['a:1'], cidrs: ['10.0.0.0/8'] }] } },
      'scrape has the job "rag-api" twice',
    ],
    [
      'a target of a service that does not exist',
      {
        ...prod,
        scrape: {
          static: [{ job: 'host', application: 'rag-ap', targets: ['a:1'], cidrs: ['10.0.0.0/8'] }],
        },
      },
      'scrape.static.0.application is "rag-ap"',
    ],
  ])('refuses %s', (_what, environment, message) => {
    expect(told(senseProblems(environment))).toEqual([message]);
  });
});

describe('secretProblems', () => {
  it.each([
    // Put together here so that no scanner takes this file for a leak.
    ['a Slack webhook', ['https://hooks.slack.com', 'services', 'T0', 'B0', 'x'].join('/')],
    ['an AWS access key', 'AKIA' + 'ABCDEFGHIJKLMNOP'],
    ['an address with a password', 'postgresql://user:' + 'pass@db/rag'],
    ['an API key', 'sk-' + 'a'.repeat(24)],
  ])('refuses %s wherever it stands and does not repeat it', (_what, value) => {
    const problems = secretProblems({ ...prod, tags: { Note: value } });

    expect(told(problems)).toEqual([expect.stringMatching(/^tags\.Note looks like /)]);
    expect(JSON.stringify(problems)).not.toContain(value);
  });
});

describe('collisionProblems', () => {
  const claim = (environment: string, scope: string) => ({
    environment,
    names: [{ scope, kind: 'SNS topic', name: 'alerts', field: ['name'] }],
  });

  it('refuses a name that two environments make in one place', () => {
    expect(collisionProblems([claim('dev', 'account 1'), claim('prod', 'account 1')])).toEqual([
      {
        environment: 'prod',
        problem: {
          path: ['name'],
          found: 'makes the SNS topic "alerts" in account 1, which environment dev makes already',
          allowed: 'a name of its own in account 1',
          mend: 'change name here or in dev',
        },
      },
    ]);
  });

  it('allows the same name in two places', () => {
    expect(collisionProblems([claim('dev', 'account 1'), claim('prod', 'account 2')])).toEqual([]);
  });
});
