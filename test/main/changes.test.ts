import { environments } from '../../environments';
import { ProjectCopy } from '../support/project-copy';
import { stackChanges, type StackDocument } from '../support/stack-changes';

const NAMES = environments.map(({ name }) => name);
const FOLDER_MAP = '~ kubernetes_config_map_v1 Components/Grafana/Workload/Config/dashboards-cost';
const RULES_MAP = '~ kubernetes_config_map_v1 Components/Prometheus/Workload/Config/rules';

const DASHBOARD = 'dashboards/cost/cost-tracking.json';
const RULES = 'alert-rules/recording/requests.yaml';

/** Longer than a run takes on a busy machine. */
const PATIENCE_MS = 60_000;

type Stacks = Readonly<Record<string, StackDocument>>;

describe('the diff of a change', () => {
  let project: ProjectCopy;
  let before: Stacks;

  beforeAll(async () => {
    project = new ProjectCopy();
    before = await synthesized();
  }, PATIENCE_MS);

  afterEach(() => {
    project.reset();
  });

  afterAll(() => {
    project.dispose();
  });

  async function synthesized(): Promise<Stacks> {
    const { status, stderr } = await project.synth();
    if (status !== 0) throw new Error(stderr);
    return read();
  }

  function read(): Stacks {
    return Object.fromEntries(
      NAMES.map((name) => [
        name,
        JSON.parse(project.read(`cdktf.out/stacks/${name}/cdk.tf.json`)) as StackDocument,
      ]),
    );
  }

  /** What changes in each environment against an earlier output. */
  async function changesSince(earlier: Stacks) {
    const after = await synthesized();
    return Object.fromEntries(
      NAMES.map((name) => [name, stackChanges(earlier[name] as StackDocument, after[name] as StackDocument)]),
    );
  }

  const everywhere = (line: string) => Object.fromEntries(NAMES.map((name) => [name, [line]]));

  it(
    'is the ConfigMap of its folder when one dashboard changes, in each environment',
    async () => {
      project.replace(DASHBOARD, '"title": "RAG Cost Tracking"', '"title": "What RAG costs"');

      expect(await changesSince(before)).toEqual(everywhere(FOLDER_MAP));
    },
    PATIENCE_MS,
  );

  it(
    'is the ConfigMap of its folder when a dashboard is added, and when it is removed',
    async () => {
      const second = 'dashboards/cost/second.json';
      const board = JSON.parse(project.read(DASHBOARD)) as Record<string, unknown>;
      project.write(second, JSON.stringify({ ...board, uid: 'rag-second', title: 'A second board' }));
      expect(await changesSince(before)).toEqual(everywhere(FOLDER_MAP));

      const both = read();
      project.remove(second);
      expect(await changesSince(both)).toEqual(everywhere(FOLDER_MAP));
    },
    PATIENCE_MS,
  );

  it(
    'is the ConfigMap of the rules when one rule file changes, in each environment',
    async () => {
      project.replace(RULES, '(rate(rag_requests_total[5m]))', '(rate(rag_requests_total[4m]))');

      expect(await changesSince(before)).toEqual(everywhere(RULES_MAP));
    },
    PATIENCE_MS,
  );

  it(
    'is what compares with it when an environment gets another threshold',
    async () => {
      project.replace(file('dev'), '...thresholds,', '...thresholds, costPerQueryDollars: 0.07,');
      project.replace(file('staging'), 'dailyBudgetDollars: 8', 'dailyBudgetDollars: 9');
      project.replace(
        file('prod'),
        '\n  thresholds,\n',
        '\n  thresholds: { ...thresholds, cpuUtilisationRatio: 0.7 },\n',
      );

      expect(await changesSince(before)).toEqual({
        local: [],
        dev: ['~ aws_cloudwatch_metric_alarm Cloud/Alarms/rag-cost-anomaly-dev', RULES_MAP],
        staging: ['~ aws_cloudwatch_metric_alarm Cloud/Alarms/rag-cost-hourly-budget-staging', RULES_MAP],
        prod: [RULES_MAP, '~ kubernetes_horizontal_pod_autoscaler_v2 Autoscaler/Autoscaler'],
      });
    },
    PATIENCE_MS,
  );
});

function file(environment: string): string {
  return `environments/${environment}.ts`;
}
