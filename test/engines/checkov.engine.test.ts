import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { describeWithEngines } from '../support/engines';
import { ENVIRONMENTS, stackOf, terraformOf } from '../support/rendered';
import type { SynthesizedResources } from '../support/synth';

jest.setTimeout(120_000);

/** A finding that is kept. */
interface Waiver {
  readonly check: string;
  readonly name: string;
  /** Regular expression that fits the whole `type.id`. */
  readonly resources: string;
  readonly reason: string;
}

/** A finding as checkov tells it. */
interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  /** `resource.<id>`, without the type. */
  readonly resource: string;
}

interface Report {
  readonly results: { readonly failed_checks: readonly Finding[] };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}

const waivers = parse(readFileSync(join(__dirname, 'checkov-waivers.yaml'), 'utf8')) as readonly Waiver[];

/** Types of an environment's resources by id. */
function typesOf(environment: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(stackOf(environment)).flatMap(([type, byId]) =>
      Object.keys(byId).map((id): [string, string] => [id, type]),
    ),
  );
}

/**
 * cdk.tf.json with every DaemonSet and StatefulSet shown as a Deployment: checkov reads the pods of Deployments only, and
 * the pods are described alike.
 */
function shown(environment: string): string {
  const stack = JSON.parse(terraformOf(environment)) as { resource: SynthesizedResources };
  const {
    kubernetes_deployment_v1: deployments = {},
    kubernetes_daemon_set_v1: daemonSets = {},
    kubernetes_stateful_set_v1: statefulSets = {},
    ...rest
  } = stack.resource;
  const workloads = { ...deployments, ...daemonSets, ...statefulSets };
  return JSON.stringify({ ...stack, resource: { ...rest, kubernetes_deployment_v1: workloads } }, null, 2);
}

function covers(waiver: Waiver, { check_id: id, address }: { check_id: string; address: string }): boolean {
  return waiver.check === id && new RegExp(`^(?:${waiver.resources})$`).test(address);
}

describeWithEngines(['checkov'], 'the synthesized stacks in checkov', ({ checkov }) => {
  let report: Report;
  let findings: readonly (Finding & { readonly environment: string; readonly address: string })[];

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'checkov-'));
    for (const environment of ENVIRONMENTS) {
      mkdirSync(join(folder, environment));
      writeFileSync(join(folder, environment, 'cdk.tf.json'), shown(environment));
    }
    const args = [
      '--directory',
      folder,
      '--framework',
      'terraform_json',
      '--output',
      'json',
      '--skip-download',
    ];
    const { stdout, stderr } = spawnSync(checkov, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    rmSync(folder, { recursive: true });
    if (!stdout.startsWith('{')) throw new Error(`checkov wrote no report:\n${stdout}${stderr}`);
    report = JSON.parse(stdout) as Report;
    const types = new Map(ENVIRONMENTS.map((environment) => [environment, typesOf(environment)]));
    findings = report.results.failed_checks.map((finding) => {
      const environment = basename(dirname(finding.file_path));
      const id = finding.resource.replace(/^resource\./, '');
      return { ...finding, environment, address: `${types.get(environment)?.get(id) ?? 'unknown'}.${id}` };
    });
  });

  it('are read whole', () => {
    expect(report.summary.parsing_errors).toBe(0);
    expect(report.summary.passed).toBeGreaterThan(500);
    expect(findings.filter(({ address }) => address.startsWith('unknown.'))).toEqual([]);
  });

  it.each(ENVIRONMENTS)('fail no check without a waiver: %s', (name) => {
    const unwaived = findings
      .filter(({ environment }) => environment === name)
      .filter((finding) => !waivers.some((waiver) => covers(waiver, finding)))
      .map(({ check_id: id, check_name: what, address }) => `${id} ${address}: ${what}`);

    expect(unwaived).toEqual([]);
  });

  it.each(waivers.map((waiver): [string, Waiver] => [waiver.check, waiver]))(
    'need the waiver of %s, which has a reason',
    (_check, waiver) => {
      const covered = findings.filter((finding) => covers(waiver, finding));

      expect(covered.length).toBeGreaterThan(0);
      expect(new Set(covered.map(({ check_name: name }) => name))).toEqual(new Set([waiver.name]));
      expect(waiver.reason.length).toBeGreaterThan(40);
    },
  );
});
