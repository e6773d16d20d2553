import { environments } from '../../environments';
import type { FileTree } from '../../tools/files';
import { ProjectCopy, type Ended } from '../support/project-copy';
import { nameOf, resourcesByAddress, type StackDocument } from '../support/stack-changes';

const NAMES = environments.map(({ name }) => name);
const STACKS = NAMES.map((name) => `stacks/${name}/cdk.tf.json`);

/** Longer than a run takes on a busy machine. */
const PATIENCE_MS = 60_000;

function stack(output: FileTree, name: string): StackDocument {
  return JSON.parse(output.get(`stacks/${name}/cdk.tf.json`) ?? '{}') as StackDocument;
}

/** The stacks without the version of the library that wrote them, and those versions. */
function withoutVersion(output: FileTree): { readonly stacks: unknown[]; readonly versions: string[] } {
  const versions: string[] = [];
  const stacks = NAMES.map((name) => {
    const { '//': notes, ...rest } = stack(output, name);
    const { metadata, ...other } = notes as { readonly metadata: { readonly version: string } };
    const { version, ...kept } = metadata;
    versions.push(version);
    return { ...rest, '//': { ...other, metadata: kept } };
  });
  return { stacks, versions };
}

describe('npm run synth', () => {
  let project: ProjectCopy;
  let ended: Ended;
  let output: FileTree;

  beforeAll(async () => {
    project = new ProjectCopy();
    ended = await project.run(['npm', 'run', '--silent', 'synth']);
    output = project.files('cdktf.out');
  }, PATIENCE_MS);

  afterAll(() => {
    project.dispose();
  });

  it('writes one stack for each of local, dev, staging and prod, and says what each holds', () => {
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect([...output.keys()].filter((path) => path.endsWith('cdk.tf.json')).sort()).toEqual(STACKS.sort());
    const rows = ended.stdout.split('\n').map((line) => line.match(/[\w-]+/g) ?? []);
    for (const name of ['local', 'dev', 'staging', 'prod']) {
      const count = resourcesByAddress(stack(output, name)).size;
      expect(rows).toContainEqual([name, String(count), ...Array<unknown>(3).fill(expect.any(String))]);
    }
  });

  it('leaves nothing else behind in the repository', async () => {
    const untouched = new ProjectCopy();
    try {
      const listing = async (copy: ProjectCopy) =>
        (await copy.run(['ls', '-A'])).stdout.trim().split('\n').sort();

      expect(await listing(project)).toEqual(['cdktf.out', ...(await listing(untouched))].sort());
    } finally {
      untouched.dispose();
    }
  });

  it(
    'writes the same bytes a second time and in another folder',
    async () => {
      const elsewhere = new ProjectCopy();
      try {
        const [again, other] = await Promise.all([project.synth(), elsewhere.synth()]);

        expect([again.status, other.status]).toEqual([0, 0]);
        expect(project.files('cdktf.out')).toEqual(output);
        expect(elsewhere.files('cdktf.out')).toEqual(output);
      } finally {
        elsewhere.dispose();
      }
    },
    PATIENCE_MS,
  );

  it(
    'writes the same stacks when cdktf is its maintained fork cdktn, the version in the metadata aside',
    async () => {
      const forked = await project.run(['node_modules/.bin/tsx', 'test/support/main-under-cdktn.ts'], {
        CDKTF_OUTDIR: 'cdktn.out',
      });
      const [ours, theirs] = [withoutVersion(output), withoutVersion(project.files('cdktn.out'))];
      project.remove('cdktn.out');

      expect(forked).toMatchObject({ status: 0, stderr: '' });
      expect(theirs.stacks).toEqual(ours.stacks);
      expect(theirs.versions[0]).toMatch(/^0\.24\./);
      expect(ours.versions[0]).toMatch(/^0\.21\./);
    },
    PATIENCE_MS,
  );

  it('gives local no provider, resource or data source of AWS, and no credential', () => {
    const { provider, data, resource } = stack(output, 'local') as StackDocument & {
      readonly provider: object;
      readonly data?: object;
    };

    expect(Object.keys(provider).sort()).toEqual(['helm', 'kubernetes']);
    expect(
      [...Object.keys(resource), ...Object.keys(data ?? {})].filter((type) => type.startsWith('aws_')),
    ).toEqual([]);
    // What a credential, or a place that needs one, would be written as.
    const written = JSON.stringify({ provider, data, resource });
    expect(
      written.match(/\barn:aws|:\/\/[^"]*amazonaws|AWS_[A-Z]+|role_arn|get-token|kubernetes_secret/g) ?? [],
    ).toEqual([]);
  });

  it.each([
    [
      'Prometheus',
      ['kubernetes_deployment_v1 prometheus', 'kubernetes_persistent_volume_claim_v1 prometheus'],
    ],
    [
      'its rights by role',
      ['kubernetes_cluster_role_v1 monitoring-prometheus', 'kubernetes_role_v1 monitoring-prometheus'],
    ],
    ['rules', ['kubernetes_config_map_v1 prometheus-rules']],
    [
      'Alertmanager',
      ['kubernetes_stateful_set_v1 alertmanager', 'kubernetes_pod_disruption_budget_v1 alertmanager'],
    ],
    ['Grafana', ['kubernetes_deployment_v1 grafana', 'kubernetes_ingress_v1 grafana']],
    ['dashboards', ['kubernetes_config_map_v1 grafana-dashboards-cost']],
    ['Fluent Bit', ['kubernetes_daemon_set_v1 fluent-bit']],
    ['Jaeger', ['kubernetes_deployment_v1 jaeger', 'kubernetes_persistent_volume_claim_v1 jaeger']],
    ['the X-Ray daemon', ['kubernetes_daemon_set_v1 xray-daemon']],
    [
      'the OpenTelemetry Collector',
      ['kubernetes_deployment_v1 otel-collector', 'kubernetes_service_v1 otel-collector'],
    ],
    [
      'exporters of ours',
      ['kubernetes_deployment_v1 blackbox-exporter', 'kubernetes_deployment_v1 postgres-exporter'],
    ],
    ['exporters by chart', ['helm_release node-exporter', 'helm_release kube-state-metrics']],
    ['the autoscaler', ['kubernetes_horizontal_pod_autoscaler_v2 rag-api']],
    ['namespaces', ['kubernetes_namespace_v1 monitoring', 'kubernetes_namespace_v1 monitoring-agents']],
    [
      'network policies',
      ['kubernetes_network_policy_v1 default-deny', 'kubernetes_network_policy_v1 prometheus'],
    ],
    ['topics', ['aws_sns_topic rag-monitoring-alerts', 'aws_sns_topic rag-monitoring-heartbeat']],
    ['the key', ['aws_kms_alias alias/rag-monitoring']],
    [
      'alarms',
      [
        'aws_cloudwatch_metric_alarm rag-cost-anomaly',
        'aws_cloudwatch_composite_alarm rag-cost',
        'aws_cloudwatch_metric_alarm rag-monitoring-heartbeat',
      ],
    ],
    [
      'logs',
      ['aws_cloudwatch_log_group /aws/eks/llmops-rag', 'aws_cloudwatch_log_metric_filter LoggedErrors'],
    ],
    [
      'the watch on cost',
      [
        'aws_budgets_budget rag-monitoring',
        'aws_ce_anomaly_monitor rag-monitoring',
        'aws_ce_anomaly_subscription rag-monitoring',
      ],
    ],
    ['the CloudWatch dashboard', ['aws_cloudwatch_dashboard rag-monitoring']],
    [
      'the CloudWatch agent',
      ['kubernetes_deployment_v1 cloudwatch-agent', 'aws_iam_role EKS-CloudWatch-Role'],
    ],
    [
      'a role for each workload',
      ['aws_iam_role rag-monitoring-alertmanager', 'aws_iam_role rag-monitoring-fluent-bit'],
    ],
  ])('gives prod %s', (_system, resources) => {
    const inventory = [...resourcesByAddress(stack(output, 'prod'))].map(
      ([address, body]) => `${address.split('.')[0] ?? ''} ${nameOf(body) ?? ''}`,
    );

    expect(inventory).toEqual(expect.arrayContaining(resources));
  });

  it('keeps the state of each environment apart, locked in the bucket or beside the repository', () => {
    const backends = NAMES.map((name) => (stack(output, name)['terraform'] as { backend: unknown }).backend);

    expect(backends).toEqual([
      { local: { path: '../../../terraform.local.tfstate' } },
      ...['dev', 'staging', 'prod'].map((name) => ({
        s3: expect.objectContaining({ key: `rag-monitoring/${name}.tfstate`, use_lockfile: true }) as unknown,
      })),
    ]);
  });

  describe('with ENVIRONMENT', () => {
    it(
      'writes that stack alone, as it is among all, and leaves the others as they are',
      async () => {
        const kept = '{ "from": "before" }\n';
        project.write('cdktf.out/stacks/dev/cdk.tf.json', kept);
        project.remove('cdktf.out/stacks/prod');
        const one = await project.synth({ ENVIRONMENT: 'prod' });

        expect(one.status).toBe(0);
        expect(one.stdout).not.toContain('staging');
        expect(project.read('cdktf.out/stacks/prod/cdk.tf.json')).toBe(output.get('stacks/prod/cdk.tf.json'));
        expect(project.read('cdktf.out/stacks/staging/cdk.tf.json')).toBe(
          output.get('stacks/staging/cdk.tf.json'),
        );
        expect(project.read('cdktf.out/stacks/dev/cdk.tf.json')).toBe(kept);
      },
      PATIENCE_MS,
    );

    it(
      'refuses a name that no environment has and tells those there are',
      async () => {
        const before = project.files('cdktf.out');
        const refused = await project.synth({ ENVIRONMENT: 'production' });

        expect(refused).toMatchObject({ status: 1, stdout: '' });
        expect(refused.stderr).toContain('ENVIRONMENT');
        expect(refused.stderr).toContain(
          '"production" is no environment; allowed: local, dev, staging, prod',
        );
        expect(refused.stderr).toContain('-> name one of them, or leave the variable out for all');
        expect(project.files('cdktf.out')).toEqual(before);
      },
      PATIENCE_MS,
    );
  });
});
