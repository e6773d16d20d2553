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

  afterAll(() => {
    project.dispose();
  });

  async function synthesized(): Promise<Stacks> {
    const { status, stderr } = await project.synth();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return Object.fromEntries(
      NAMES.map((name) => [
        name,
        JSON.parse(project.read(`cdktf.out/stacks/${name}/cdk.tf.json`)) as StackDocument,
      ]),
    );
  }

  /** What changes in each environment against the repository as it is; the change is taken back afterwards. */
  async function changesAfter(change: () => void, files: readonly string[]) {
    const originals = files.map((path): [string, string | undefined] => [path, project.files('.').get(path)]);
    change();
    try {
      const after = await synthesized();
      return Object.fromEntries(
        NAMES.map((name) => [
          name,
          stackChanges(before[name] as StackDocument, after[name] as StackDocument),
        ]),
      );
    } finally {
      for (const [path, content] of originals) {
        if (content === undefined) project.remove(path);
        else project.write(path, content);
      }
    }
  }

  const everywhere = (line: string) => Object.fromEntries(NAMES.map((name) => [name, [line]]));

  it(
    'is the ConfigMap of its folder when one dashboard changes, in each environment',
    async () => {
      const changes = await changesAfter(() => {
        project.replace(DASHBOARD, '"title": "RAG Cost Tracking"', '"title": "What RAG costs"');
      }, [DASHBOARD]);

      expect(changes).toEqual(everywhere(FOLDER_MAP));
    },
    PATIENCE_MS,
  );

  it(
    'is the ConfigMap of its folder when a dashboard is added or removed',
    async () => {
      const second = 'dashboards/cost/second.json';
      const board = JSON.parse(project.read(DASHBOARD)) as Record<string, unknown>;
      const written = JSON.stringify({ ...board, uid: 'rag-second', title: 'A second board' });
      const added = await changesAfter(() => {
        project.write(second, written);
      }, [second]);
      // Removing is the same comparison the other way round: from two boards to one.
      project.write(second, written);
      before = await synthesized();
      const removed = await changesAfter(() => {
        project.remove(second);
      }, [second]);
      project.remove(second);
      before = await synthesized();

      expect(added).toEqual(everywhere(FOLDER_MAP));
      expect(removed).toEqual(everywhere(FOLDER_MAP));
    },
    PATIENCE_MS,
  );

  it(
    'is the ConfigMap of the rules when one rule file changes, in each environment',
    async () => {
      const changes = await changesAfter(() => {
        project.replace(
          RULES,
          'sum by (namespace) (rate(rag_requests_total[5m]))',
          'sum by (namespace) (rate(rag_requests_total[4m]))',
        );
      }, [RULES]);

      expect(changes).toEqual(everywhere(RULES_MAP));
    },
    PATIENCE_MS,
  );

  it(
    'is what compares with it when an environment gets another threshold',
    async () => {
      const changes = await changesAfter(() => {
        project.replace(file('dev'), '...thresholds,', '...thresholds, costPerQueryDollars: 0.07,');
        project.replace(file('staging'), 'dailyBudgetDollars: 8', 'dailyBudgetDollars: 9');
        project.replace(
          file('prod'),
          '\n  thresholds,\n',
          '\n  thresholds: { ...thresholds, cpuUtilisationRatio: 0.7 },\n',
        );
      }, ['dev', 'staging', 'prod'].map(file));

      expect(changes).toEqual({
        local: [],
        dev: ['~ aws_cloudwatch_metric_alarm Cloud/Alarms/rag-cost-anomaly-dev', RULES_MAP],
        staging: ['~ aws_cloudwatch_metric_alarm Cloud/Alarms/rag-cost-hourly-budget-staging', RULES_MAP],
        prod: ['~ kubernetes_horizontal_pod_autoscaler_v2 Autoscaler/Autoscaler'],
      });
    },
    PATIENCE_MS,
  );
});

function file(environment: string): string {
  return `environments/${environment}.ts`;
}
