import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';

import { plainTitle } from '../engines/skip-title';

/** One test as Jest's `--json` reports it. */
interface JestAssertion {
  readonly fullName: string;
  readonly status: string;
}

/** One test file as Jest's `--json` reports it. */
interface JestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly JestAssertion[];
}

/** What `jest --json --outputFile` writes, as far as the count needs it. */
export interface JestReport {
  readonly testResults: readonly JestFile[];
}

/** One Jest run of the job. */
export interface TestRun {
  /** The command, for messages. */
  readonly label: string;
  /** Undefined if the run wrote no report. */
  readonly report: JestReport | undefined;
  readonly exitCode: number;
  /** True if a skipped test is a failure of the run. */
  readonly mayNotSkip: boolean;
}

/** The totals, and what a reader of the log must know about them. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for each failure and each skipped test. */
  readonly remarks: readonly string[];
}

type Result = 'passed' | 'failed' | 'skipped';

/** A test that ran anywhere is not skipped, and one that failed anywhere has failed. */
const RANK: Readonly<Record<Result, number>> = { skipped: 0, passed: 1, failed: 2 };

function resultOf(status: string): Result {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

/**
 * The results of one file by a name that is the same in both runs. Two tests of one name get a number each; a file that
 * failed although none of its tests did (it does not load, or its afterAll threw) counts as one failed test.
 */
function resultsOf(file: JestFile): ReadonlyMap<string, Result> {
  const results = new Map<string, Result>();
  const path = relative(process.cwd(), file.name);
  for (const { fullName, status } of file.assertionResults) {
    const name = `${path}: ${plainTitle(fullName)}`;
    let unique = name;
    for (let number = 2; results.has(unique); number++) unique = `${name} (${String(number)})`;
    results.set(unique, resultOf(status));
  }
  if (file.status === 'failed' && ![...results.values()].includes('failed')) {
    results.set(`${path}: the file itself`, 'failed');
  }
  return results;
}

function runResults(run: TestRun): readonly (readonly [string, Result])[] {
  return (run.report?.testResults ?? []).flatMap((file) => [...resultsOf(file)]);
}

/** What is wrong with a run that none of its tests shows. */
function runRemarks(run: TestRun): readonly string[] {
  if (run.report === undefined) return [`failed: ${run.label} wrote no report`];
  const results = runResults(run);
  const skipped = results.filter(([, result]) => result === 'skipped').length;
  if (run.mayNotSkip && skipped > 0) {
    return [`failed: ${run.label} skipped ${String(skipped)} tests, and may skip none`];
  }
  if (run.exitCode !== 0 && !results.some(([, result]) => result === 'failed')) {
    return [`failed: ${run.label} ended with ${String(run.exitCode)}, though no test failed`];
  }
  return [];
}

/**
 * Adds up the job: each test counts once over all runs, each failed gate and each fault of a run counts as one failure,
 * so that "0 failed" is said only if everything held.
 */
export function summarize(runs: readonly TestRun[], failedGates: readonly string[]): Summary {
  const merged = new Map<string, Result>();
  for (const [name, result] of runs.flatMap(runResults)) {
    const known = merged.get(name);
    if (known === undefined || RANK[result] > RANK[known]) merged.set(name, result);
  }
  const faults = [...failedGates.map((gate) => `failed: ${gate}`), ...runs.flatMap(runRemarks)];
  const count = (wanted: Result): number => [...merged.values()].filter((result) => result === wanted).length;
  const notPassed = [...merged].filter(([, result]) => result !== 'passed');
  return {
    passed: count('passed'),
    failed: count('failed') + faults.length,
    skipped: count('skipped'),
    remarks: [...faults, ...notPassed.map(([name, result]) => `${result}: ${name}`)],
  };
}

/** The closing line of the job. */
export function closingLine(summary: Summary): string {
  return `${String(summary.passed)} passed, ${String(summary.failed)} failed, ${String(summary.skipped)} skipped`;
}

function readReport(file: string): JestReport | undefined {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as JestReport;
}

/** Reads `label=file=exit code`, the form in which .ci/run names a run. */
export function parseRun(text: string, strictLabels: readonly string[]): TestRun {
  const [label = '', file = '', exitCode = ''] = text.split('=');
  if (file === '' || !/^\d+$/.test(exitCode)) {
    throw new Error(`--run ${text}; allowed: label=report.json=exit code; mend: give all three`);
  }
  return {
    label,
    report: readReport(file),
    exitCode: Number(exitCode),
    mayNotSkip: strictLabels.includes(label),
  };
}

function main(): void {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({ options: { run: many, gate: many, strict: many } });
  const summary = summarize(
    values.run.map((run) => parseRun(run, values.strict)),
    values.gate,
  );
  for (const remark of summary.remarks) console.log(remark);
  console.log(closingLine(summary));
  if (summary.failed > 0) process.exitCode = 1;
}

if (require.main === module) main();
