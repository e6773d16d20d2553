import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { account } from '../../environments/common';
import { ProjectCopy } from '../support/project-copy';

/** Longer than a run takes on a busy machine. */
const PATIENCE_MS = 60_000;

const DASHBOARD = 'dashboards/cost/cost-tracking.json';
const RULES = 'alert-rules/cost.yaml';
const PROD = 'environments/prod.ts';

/** Where prod runs, as findings name it. */
const PROD_CLUSTER = `EKS cluster llmops-rag of account ${account.accountId}`;

/** Bytes that Kubernetes takes in one ConfigMap, and some more. */
const TOO_LARGE = 1_100_000;

/** A mistake that a person makes, and what must be said about it. */
interface Mistake {
  readonly what: string;
  readonly make: (project: ProjectCopy) => void;
  /** Where it is: the file, and a text at whose start the mistake is; the first line of the file where there is none. */
  readonly place: { readonly file: string; readonly at?: string; readonly rule: string };
  /** What stands there. */
  readonly value: string;
  readonly allowed: string;
  readonly mend: string;
}

/** A board of its own uid and title, so large that its folder does not fit into one ConfigMap. */
function hugeBoard(project: ProjectCopy): string {
  const board = JSON.parse(project.read(DASHBOARD)) as Record<string, unknown>;
  return JSON.stringify({ ...board, uid: 'huge', title: 'Huge', description: 'x'.repeat(TOO_LARGE) });
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'a dashboard that is not JSON',
    make: (project) => {
      project.replace(DASHBOARD, '"title": "RAG Cost Tracking",', '"title": "RAG Cost Tracking"');
    },
    place: { file: DASHBOARD, at: '"description"', rule: 'content/well-formed' },
    value: 'here stands "description": "What the RAG service',
    allowed: 'a comma is expected',
    mend: '-> dashboards are plain JSON: export the board from Grafana, or mend the place',
  },
  {
    what: 'a rule file that is not YAML',
    make: (project) => {
      project.replace(RULES, '      - alert: HighQueryCost', '      - alert: [HighQueryCost');
    },
    place: { file: RULES, at: 'expr: namespace:rag_cost_per_query', rule: 'content/well-formed' },
    value: 'here stands expr: namespace:rag_cost_per_query',
    allowed: 'must be sufficiently indented and end with a ]',
    mend: '-> mend the place; keys are unique and indented with spaces',
  },
  {
    what: 'an unknown field in an environment',
    make: (project) => {
      project.replace(PROD, 'retentionDays: 30,\n    resources', 'retentionDay: 30,\n    resources');
    },
    place: { file: PROD, at: 'retentionDay:', rule: 'environment/shape' },
    value: 'prod.prometheus.retentionDay is no field of an environment',
    allowed: 'allowed: volume, retentionDays, retentionSizeGiB,',
    mend: '-> write retentionDays',
  },
  {
    what: 'a name longer than Kubernetes allows',
    make: (project) => {
      project.replace(PROD, "monitoring: 'monitoring'", `monitoring: '${'m'.repeat(64)}'`);
    },
    place: { file: PROD, at: "monitoring: 'mmm", rule: 'environment/shape' },
    value: 'prod.namespaces.monitoring is "mmmmm',
    allowed: 'allowed: at most 63 characters, which is the limit of Kubernetes',
    mend: '-> correct the value',
  },
  {
    what: 'a name longer than AWS allows',
    make: (project) => {
      project.replace(PROD, "name: 'prod'", `name: 'production-of-the-customer-with-the-long-name'`);
    },
    place: { file: PROD, at: "name: 'production", rule: 'environment/shape' },
    value: 'name is "production-of-the-customer-with-the-long-name"',
    allowed: 'allowed: at most 20 characters, so that the names made of it stay within the limits of AWS',
    mend: '-> correct the value',
  },
  {
    what: 'more data to keep than the volume holds',
    make: (project) => {
      project.replace(
        PROD,
        'retentionDays: 30,\n    resources',
        'retentionDays: 30,\n    retentionSizeGiB: 60,\n    resources',
      );
    },
    place: { file: PROD, at: 'retentionSizeGiB', rule: 'environment/sense' },
    value: 'prod.prometheus.retentionSizeGiB is 60 on a volume of 50 GiB',
    allowed: 'allowed: below 50',
    mend: '-> leave it out (80 % of the volume is taken) or enlarge prometheus.volume.sizeGiB',
  },
  {
    what: 'a dashboard uid that another board has',
    make: (project) => {
      project.write(
        'dashboards/cost/copy.json',
        project.read(DASHBOARD).replace('RAG Cost Tracking', 'A copy'),
      );
    },
    place: { file: DASHBOARD, at: '"rag-cost-tracking"', rule: 'dashboards/provisioning' },
    value: 'the uid "rag-cost-tracking" stands here and in dashboards/cost/copy.json:',
    allowed: 'it must be unique in all dashboards',
    mend: '-> give one of the two another uid',
  },
  {
    what: 'a rule group that another file has',
    make: (project) => {
      project.replace('alert-rules/performance.yaml', 'name: performance-alerts', 'name: cost-alerts');
    },
    place: { file: 'alert-rules/performance.yaml', at: 'cost-alerts', rule: 'rules/duplicate-group' },
    value: 'the rule group "cost-alerts" stands here and in alert-rules/cost.yaml:',
    allowed: 'names are unique over all rule files',
    mend: '-> give one of the groups another name',
  },
  {
    what: 'a receiver that is used but not defined',
    make: (project) => {
      project.replace(
        'environments/common.ts',
        '  email: {',
        '  webhook: undefined,\n  email: undefined && {',
      );
    },
    place: { file: PROD, at: 'emails: [', rule: 'environment/sense' },
    value: 'prod.alertmanager.receivers.teams.0.emails uses the receiver email, which is not defined',
    allowed: 'allowed: receivers that the environment defines',
    mend: '-> add alertmanager.receivers.email or take this out',
  },
  {
    what: 'a folder of dashboards beyond the size of a ConfigMap',
    make: (project) => {
      project.write('dashboards/cost/huge.json', hugeBoard(project));
    },
    place: { file: 'dashboards/cost/huge.json', rule: 'content/config-map-size' },
    value: 'the biggest: dashboards/cost/huge.json',
    allowed: 'of the 1048576 that a ConfigMap may hold',
    mend: '-> move some of its boards to another folder of dashboards/',
  },
  {
    what: 'a secret value where a reference belongs',
    make: (project) => {
      project.replace(PROD, "{ name: 'grafana-admin', key: 'password' }", "'correct horse battery staple'");
    },
    place: { file: PROD, at: 'adminPassword:', rule: 'environment/shape' },
    value: 'prod.grafana.adminPassword is a plain string (not shown)',
    allowed: 'allowed: a reference { name, key } to a Kubernetes Secret, never the secret value itself',
    mend: '-> create the Secret in the cluster (README, "Secrets") and write its name and key here',
  },
  {
    what: 'two environments with the same names in one account and cluster',
    make: (project) => {
      project.write(
        'environments/prod-eu.ts',
        project.read(PROD).replace('const prod:', 'const prodEu:').replace("name: 'prod'", "name: 'prod-eu'"),
      );
      project.replace(
        'environments/index.ts',
        "import { prod } from './prod';",
        "import { prod } from './prod';\nimport { prodEu } from './prod-eu';",
      );
      project.replace('environments/index.ts', 'staging, prod]', 'staging, prod, prodEu]');
    },
    place: {
      file: 'environments/prod-eu.ts',
      at: "monitoring: 'monitoring'",
      rule: 'environment/name-collision',
    },
    value: `prod-eu.namespaces.monitoring makes the Namespace "monitoring" in ${PROD_CLUSTER}, which environment prod makes already`,
    allowed: `allowed: a name of its own in ${PROD_CLUSTER}`,
    mend: '-> change namespaces.monitoring here or in prod',
  },
];

/** The first line of a finding. */
function placeIn(project: ProjectCopy, { file, at, rule }: Mistake['place']): string {
  const before =
    at === undefined ? [''] : project.read(file).slice(0, project.read(file).indexOf(at)).split('\n');
  return `${file}:${String(before.length)}:${String((before.at(-1) ?? '').length + 1)}: error ${rule}`;
}

/** Output of an earlier run. */
const OLD_OUTPUT = 'cdktf.out/stacks/prod/cdk.tf.json';

describe('main.ts refuses', () => {
  let project: ProjectCopy;

  beforeAll(() => {
    project = new ProjectCopy();
  });

  afterEach(() => {
    project.reset();
  });

  afterAll(() => {
    project.dispose();
  });

  it.each(MISTAKES)(
    '$what, with place, value, what is allowed and how to mend it, and leaves the output as it was',
    async ({ make, place, value, allowed, mend }) => {
      project.write(OLD_OUTPUT, '{ "from": "before" }');
      make(project);
      const before = project.files('.');
      const { status, stdout, stderr } = await project.synth();

      expect(stderr.split('\n')).toContain(placeIn(project, place));
      expect(stderr).toContain(value);
      expect(stderr).toContain(allowed);
      expect(stderr).toContain(mend);
      expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(project.files('.')).toEqual(before);
    },
    PATIENCE_MS,
  );

  it(
    'a broken file without a word about what refers to it, and makes no output folder',
    async () => {
      project.replace(DASHBOARD, '"title": "RAG Cost Tracking",', '"title": "RAG Cost Tracking"');
      const { stderr } = await project.synth({ CDKTF_OUTDIR: 'new.out' });

      expect(stderr).toContain('1 error, 0 warnings, 0 infos');
      expect(existsSync(join(project.folder, 'new.out'))).toBe(false);
      expect(existsSync(join(project.folder, 'new.out.partial'))).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'what only a construct notices, in the same words as everything else',
    async () => {
      project.write(OLD_OUTPUT, '{ "from": "before" }');
      project.replace(
        PROD,
        '\n  thresholds,\n',
        '\n  thresholds: { ...thresholds, cpuUtilisationRatio: 0.001 },\n',
      );
      const before = project.files('.');
      const { status, stderr } = await project.synth();

      expect({ status, stderr: stderr.split('\n').slice(0, 3) }).toEqual({
        status: 1,
        stderr: [
          'prod: thresholds.cpuUtilisationRatio:1:1: error model/refused',
          '  0.001; allowed: a ratio from 0.01 to 1',
          '  -> write 0.8 for 80 %',
        ],
      });
      expect(project.files('.')).toEqual(before);
    },
    PATIENCE_MS,
  );

  it(
    'bad input of another environment than the one that is asked for',
    async () => {
      project.replace('environments/dev.ts', '...thresholds,', '...thresholds, errorRatio: 5,');
      const { status, stderr } = await project.synth({ ENVIRONMENT: 'prod' });

      expect(status).toBe(1);
      expect(stderr).toContain('dev.thresholds.errorRatio is 5');
    },
    PATIENCE_MS,
  );
});
