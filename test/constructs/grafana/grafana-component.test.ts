import { grafanaComponent } from '../../../constructs/grafana/grafana-component';
import { AWS, DATA_SOURCES, FOLDERS, INGRESS, POSTGRES, someOptions } from './options';

const WITH_AWS = { dataSources: { ...DATA_SOURCES, aws: AWS } };

function reasons(...args: Parameters<typeof someOptions>) {
  return grafanaComponent(someOptions(...args)).egress.map(({ why }) => why);
}

describe('grafanaComponent', () => {
  it('puts each file where Grafana looks, one volume for each folder', () => {
    const { config } = grafanaComponent(someOptions());

    expect(config.map(({ mountPath, files, reload }) => [mountPath, Object.keys(files), reload])).toEqual([
      ['/etc/grafana', ['grafana.ini'], 'restart'],
      ['/etc/grafana/provisioning/datasources', ['datasources.yaml'], 'restart'],
      ['/etc/grafana/provisioning/dashboards', ['providers.yaml'], 'restart'],
      ['/etc/grafana/dashboards/cost', ['llm-cost.json'], 'watched'],
      ['/etc/grafana/dashboards/rag', ['rag.json'], 'watched'],
    ]);
  });

  it('changes one volume when one dashboard changes', () => {
    const [before, after] = ['{"uid":"rag"}', '{"uid":"rag","title":"new"}'].map((content) => {
      const folders = [
        ...FOLDERS.slice(0, 1),
        { folder: 'rag', title: 'RAG', files: [{ name: 'rag.json', content }] },
      ];
      return grafanaComponent(someOptions({}, { folders })).config;
    });
    const changed = before?.filter(
      (volume, index) => JSON.stringify(volume) !== JSON.stringify(after?.[index]),
    );

    expect(changed?.map(({ name }) => name)).toEqual(['dashboards-rag']);
  });

  it('calls its data sources', () => {
    const { egress } = grafanaComponent(someOptions({ plugins: { kind: 'image', image: 'own:1' } }));

    expect(egress.map(({ peer, ports }) => [peer.kind === 'component' && peer.name, ports])).toEqual([
      ['prometheus', [{ number: 9090 }]],
      ['alertmanager', [{ number: 9093 }]],
      ['jaeger', [{ number: 16686 }]],
    ]);
  });

  it('reaches grafana.com only to fetch plugins', () => {
    expect(reasons()).toContain('Plugins from grafana.com');
    expect(reasons({ plugins: { kind: 'image', image: 'own:1' } })).not.toContain('Plugins from grafana.com');
    expect(reasons({}, { plugins: { 'grafana-x-ray-datasource': '2.0.0' } })).not.toContain(
      'Plugins from grafana.com',
    );
  });

  it('reaches AWS, and may read it, only where there is AWS', () => {
    expect(reasons({}, WITH_AWS)).toEqual(
      expect.arrayContaining(['AWS endpoints', 'EKS Pod Identity agent']),
    );
    expect(reasons()).not.toContain('AWS endpoints');
    expect(grafanaComponent(someOptions()).awsPermissions).toBeUndefined();
  });

  it('may read log events of the one group only, and writes nothing', () => {
    const statements = grafanaComponent(someOptions({}, WITH_AWS)).awsPermissions ?? [];
    const events = statements.filter(({ actions }) =>
      actions.some((action) => /^logs:(Start|GetLog)/.test(action)),
    );

    expect(events.flatMap(({ resources }) => resources)).toEqual([AWS.logGroup.arn, `${AWS.logGroup.arn}:*`]);
    for (const action of statements.flatMap(({ actions }) => actions)) {
      expect(action).toMatch(
        /^(cloudwatch|ec2|logs|xray):(Get|List|Describe|BatchGet|StartQuery|StopQuery)[A-Za-z]*$/,
      );
    }
  });

  it('reaches its database at the addresses that are named', () => {
    const made = grafanaComponent(someOptions({ storage: { ...POSTGRES, port: 5433 } }));

    expect(made.egress).toContainEqual({
      peer: { kind: 'cidrs', cidrs: ['10.2.0.0/24'] },
      ports: [{ number: 5433 }],
      why: 'PostgreSQL',
    });
    expect(made.secrets.map(({ name }) => name)).toEqual([
      'grafana-admin',
      'grafana-secret-key',
      'grafana-db',
    ]);
  });

  it('lets in nobody by default, the named networks by a load balancer, and the controller by an Ingress', () => {
    const ingress = (exposure: Parameters<typeof someOptions>[0]) =>
      grafanaComponent(someOptions(exposure)).ingress.map(({ peer, ports }) => [peer, ports]);

    expect(ingress({})).toEqual([]);
    expect(ingress({ exposure: { kind: 'internal-load-balancer', sourceRanges: ['10.9.0.0/16'] } })).toEqual([
      [{ kind: 'cidrs', cidrs: ['10.9.0.0/16', '10.0.0.0/16'] }, [{ number: 3000 }]],
    ]);
    expect(ingress({ exposure: INGRESS })).toEqual([
      [{ kind: 'pods', namespaces: ['ingress-nginx'] }, [{ number: 3000 }]],
    ]);
  });
});

describe('grafanaComponent refuses', () => {
  const balancer = { kind: 'internal-load-balancer', sourceRanges: [] } as const;
  const volume = {
    kind: 'volume',
    volume: { sizeGiB: 1, storageClass: 'gp3' },
    secretKey: { name: 'grafana-secret-key', key: 'key' },
  } as const;

  it.each([
    [
      'replicas without a database',
      { replicas: 2 },
      {},
      /^prod\.grafana\.replicas: 2 with storage "none".*; allowed: 1, or more with storage "postgres"/,
    ],
    [
      'replicas with a volume',
      { replicas: 2, storage: volume },
      {},
      /^prod\.grafana\.replicas: 2 with storage "volume"/,
    ],
    ['no replica', { replicas: 0 }, {}, /^prod\.grafana\.replicas: 0; allowed: a whole number of at least 1/],
    [
      'a load balancer for nobody',
      { exposure: balancer },
      {},
      /^prod\.grafana\.exposure\.sourceRanges: no address, which a load balancer reads as everybody/,
    ],
    [
      'an Ingress that the links do not lead to',
      { exposure: { ...INGRESS, host: 'other.example.org' } },
      {},
      /^prod\.grafana\.exposure\.host: "other\.example\.org", while links\.grafana says "https:\/\/grafana\.example\.org"/,
    ],
    [
      'an Ingress whose links are not encrypted',
      { exposure: INGRESS },
      { url: 'http://grafana.example.org' },
      /links\.grafana, which must begin with https/,
    ],
    [
      'an address that is none',
      {},
      { url: 'grafana' },
      /^prod\.grafana: links\.grafana: "grafana"; allowed: an http or https address/,
    ],
    [
      'a first dashboard that is not there',
      {},
      { homeDashboard: 'cost/none.json' },
      /^homeDashboard: "cost\/none\.json", which does not exist; allowed: cost\/llm-cost\.json, rag\/rag\.json/,
    ],
  ])('%s', (_what, settings, overrides, message) => {
    expect(() => grafanaComponent(someOptions(settings, overrides))).toThrow(message);
  });
});
